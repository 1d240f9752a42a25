using System.Runtime.InteropServices;
using Laminar.Linux.Native;

namespace Laminar.Linux.Uring;

/// <summary>
/// One io_uring instance: the two rings mapped into memory and the three system calls. The caller serialises submissions; one thread reaps.
/// The protocol of heads and tails is that of the kernel's Documentation and of liburing (J. Axboe, "Efficient IO with io_uring", 2019).
/// </summary>
internal sealed unsafe class UringQueue : IDisposable
{
    private const int ProtectReadWrite = 3;
    private const int MapSharedPopulate = 0x8001;
    private const int Interrupted = 4;
    private readonly int _descriptor;
    private nint _sqMap;
    private nuint _sqMapBytes;
    private nint _cqMap;
    private nuint _cqMapBytes;
    private nint _sqeMap;
    private nuint _sqeMapBytes;
    private uint* _sqHead;
    private uint* _sqTail;
    private uint* _sqArray;
    private uint _sqMask;
    private uint _sqEntries;
    private uint* _cqHead;
    private uint* _cqTail;
    private uint _cqMask;
    private Cqe* _cqes;

    private UringQueue(int descriptor) => _descriptor = descriptor;

    /// <summary>Sets up a ring, or says why the system doesn't let us.</summary>
    internal static UringQueue? TryCreate(uint entries, uint completions, out string reason)
    {
        UringParams parameters = default;
        parameters.Flags = UringAbi.SetupCqSize;
        parameters.CqEntries = completions;
        long descriptor = LibC.Syscall(UringAbi.SysSetup, entries, (long)&parameters, 0, 0, 0, 0);
        if (descriptor < 0)
        {
            reason = "io_uring_setup: " + LibC.LastErrorText();
            return null;
        }

        var queue = new UringQueue((int)descriptor);
        if ((parameters.Features & UringAbi.FeatureNoDrop) == 0)
        {
            reason = "the kernel may drop completions (older than 5.5)";
        }
        else if (queue.Map(in parameters, out reason) && queue.Probe(out reason))
        {
            return queue;
        }

        queue.Dispose();
        return null;
    }

    /// <summary>The next free submission entry, cleared. It is handed over by <see cref="Submit"/>.</summary>
    /// <param name="ahead">Entries taken since the last submission, from 0.</param>
    internal Sqe* Next(uint ahead)
    {
        uint tail = *_sqTail + ahead;
        if (tail - Volatile.Read(ref *_sqHead) >= _sqEntries)
        {
            return null;
        }

        uint index = tail & _sqMask;
        _sqArray[index] = index;
        Sqe* entry = (Sqe*)_sqeMap + index;
        *entry = default;
        return entry;
    }

    /// <summary>Hands entries to the kernel. An error number, or 0; what wasn't taken is withdrawn.</summary>
    internal int Submit(uint count)
    {
        uint tail = *_sqTail + count;
        Volatile.Write(ref *_sqTail, tail);
        uint left = count;
        for (int attempt = 0; left > 0; attempt++)
        {
            long taken = LibC.Syscall(UringAbi.SysEnter, _descriptor, left, 0, 0, 0, 0);
            if (taken > 0)
            {
                left -= (uint)taken;
                attempt = 0;
                continue;
            }

            // A kernel that takes nothing and reports nothing is asked no longer than one that says "again".
            const int again = 11;
            const int busy = 16;
            int error = taken < 0 ? Marshal.GetLastPInvokeError() : again;
            if (error is not (Interrupted or again or busy) || attempt > 10_000)
            {
                Volatile.Write(ref *_sqTail, tail - left);
                return error;
            }

            Thread.Yield();
        }

        return 0;
    }

    /// <summary>Waits for at least one completion. An error number, or 0.</summary>
    internal int Wait()
    {
        while (Volatile.Read(ref *_cqTail) == *_cqHead)
        {
            if (LibC.Syscall(UringAbi.SysEnter, _descriptor, 0, 1, UringAbi.EnterGetEvents, 0, 0) < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error != Interrupted)
                {
                    return error;
                }
            }
        }

        return 0;
    }

    /// <summary>Takes one completion.</summary>
    internal bool TryReap(out Cqe completion)
    {
        uint head = *_cqHead;
        if (head == Volatile.Read(ref *_cqTail))
        {
            completion = default;
            return false;
        }

        completion = _cqes[head & _cqMask];
        Volatile.Write(ref *_cqHead, head + 1);
        return true;
    }

    /// <summary>Makes room for registered files and buffers, filled later. False where the kernel (older than 5.19) or a limit says no.</summary>
    internal bool TryRegisterTable(uint operation, uint count)
    {
        ResourceRegister table = default;
        table.Count = count;
        table.Flags = UringAbi.RegisterSparse;
        return LibC.Syscall(UringAbi.SysRegister, _descriptor, operation, (long)&table, sizeof(ResourceRegister), 0, 0) >= 0;
    }

    internal bool TryRegisterFile(int index, int descriptor)
    {
        FilesUpdate update = default;
        update.Offset = (uint)index;
        update.Descriptors = (ulong)&descriptor;
        return LibC.Syscall(UringAbi.SysRegister, _descriptor, UringAbi.RegisterFilesUpdate, (long)&update, 1, 0, 0) == 1;
    }

    internal bool TryRegisterBuffer(int index, nint address, nuint length)
    {
        IoVector vector = new() { Base = address, Length = length };
        ulong tag = 0;
        ResourceUpdate update = default;
        update.Offset = (uint)index;
        update.Data = (ulong)&vector;
        update.Tags = (ulong)&tag;
        update.Count = 1;
        return LibC.Syscall(UringAbi.SysRegister, _descriptor, UringAbi.RegisterBuffersUpdate, (long)&update, sizeof(ResourceUpdate), 0, 0) == 1;
    }

    public void Dispose()
    {
        Unmap(ref _sqeMap, _sqeMapBytes);
        if (_cqMap != _sqMap)
        {
            Unmap(ref _cqMap, _cqMapBytes);
        }

        Unmap(ref _sqMap, _sqMapBytes);
        _ = LibC.Close(_descriptor);
    }

    private static void Unmap(ref nint map, nuint bytes)
    {
        if (map is not (0 or -1))
        {
            _ = LibC.Munmap(map, bytes);
        }

        map = 0;
    }

    private bool Map(in UringParams parameters, out string reason)
    {
        SqOffsets sq = parameters.Sq;
        CqOffsets cq = parameters.Cq;
        _sqEntries = parameters.SqEntries;
        _sqMapBytes = sq.Array + (parameters.SqEntries * sizeof(uint));
        _cqMapBytes = cq.Cqes + (parameters.CqEntries * (uint)sizeof(Cqe));
        bool single = (parameters.Features & UringAbi.FeatureSingleMmap) != 0;
        if (single)
        {
            _sqMapBytes = Math.Max(_sqMapBytes, _cqMapBytes);
        }

        _sqeMapBytes = parameters.SqEntries * (uint)sizeof(Sqe);
        _sqMap = LibC.Mmap(0, _sqMapBytes, ProtectReadWrite, MapSharedPopulate, _descriptor, UringAbi.OffsetSqRing);
        _cqMap = single ? _sqMap : LibC.Mmap(0, _cqMapBytes, ProtectReadWrite, MapSharedPopulate, _descriptor, UringAbi.OffsetCqRing);
        _sqeMap = LibC.Mmap(0, _sqeMapBytes, ProtectReadWrite, MapSharedPopulate, _descriptor, UringAbi.OffsetSqes);
        if (_sqMap == -1 || _cqMap == -1 || _sqeMap == -1)
        {
            reason = "mapping the rings: " + LibC.LastErrorText();
            return false;
        }

        _sqHead = (uint*)(_sqMap + (nint)sq.Head);
        _sqTail = (uint*)(_sqMap + (nint)sq.Tail);
        _sqArray = (uint*)(_sqMap + (nint)sq.Array);
        _sqMask = *(uint*)(_sqMap + (nint)sq.RingMask);
        _cqHead = (uint*)(_cqMap + (nint)cq.Head);
        _cqTail = (uint*)(_cqMap + (nint)cq.Tail);
        _cqMask = *(uint*)(_cqMap + (nint)cq.RingMask);
        _cqes = (Cqe*)(_cqMap + (nint)cq.Cqes);
        reason = "";
        return true;
    }

    /// <summary>Asks which operations the kernel knows, then sends one through, because sandboxes may let set-up pass and refuse the rest.</summary>
    private bool Probe(out string reason)
    {
        const int operations = 256;
        byte* probe = stackalloc byte[16 + (operations * 8)];
        new Span<byte>(probe, 16 + (operations * 8)).Clear();
        if (LibC.Syscall(UringAbi.SysRegister, _descriptor, UringAbi.RegisterProbe, (long)probe, operations, 0, 0) < 0)
        {
            reason = "io_uring_register (probe): " + LibC.LastErrorText();
            return false;
        }

        foreach (byte operation in (ReadOnlySpan<byte>)[UringAbi.OpNop, UringAbi.OpFsync, UringAbi.OpWrite, UringAbi.OpWriteFixed])
        {
            if ((*(ushort*)(probe + 16 + (operation * 8) + 2) & 1) == 0)
            {
                reason = $"the kernel doesn't know io_uring operation {operation}";
                return false;
            }
        }

        Sqe* entry = Next(0);
        entry->Opcode = UringAbi.OpNop;
        int error = Submit(1);
        if (error == 0)
        {
            error = Wait();
        }

        if (error != 0 || !TryReap(out Cqe completion) || completion.Result != 0)
        {
            reason = "io_uring_enter: " + LibC.ErrorText(error);
            return false;
        }

        reason = "";
        return true;
    }
}
