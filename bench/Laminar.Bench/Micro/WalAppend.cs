using BenchmarkDotNet.Attributes;
using Laminar.Storage;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Bench.Micro;

/// <summary>
/// One batch appended and waited for until it is durable, against a bare write and flush of a file. The folder is the system's temporary
/// one or that in <c>LAMINAR_BENCH_FOLDER</c>: on a disk in memory the figures mean nothing.
/// </summary>
[Config(typeof(CallByCallConfig))]
public class WalAppend
{
    private static readonly WalSource Source = new("bench", 0);

    private string _folder = null!;
    private byte[] _batch = null!;
    private StateStore _uring = null!;
    private StateStore _portable = null!;
    private SafeFileHandle _file = null!;
    private long _offset;

    [Params(64, 64 << 10, 1 << 20)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string root = Environment.GetEnvironmentVariable("LAMINAR_BENCH_FOLDER") ?? Path.GetTempPath();
        _folder = Directory.CreateDirectory(Path.Combine(root, "laminar-bench-" + Guid.NewGuid().ToString("N"))).FullName;
        _batch = new byte[Bytes];
        new Random(1).NextBytes(_batch);
        _uring = StateStore.Open(new StateStoreOptions { Directory = Path.Combine(_folder, "uring"), UseIoUring = true });
        _portable = StateStore.Open(new StateStoreOptions { Directory = Path.Combine(_folder, "portable"), UseIoUring = false });
        _file = File.OpenHandle(Path.Combine(_folder, "bare"), FileMode.CreateNew, FileAccess.Write);
        _offset = 0;
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        _file.Dispose();
        await _uring.DisposeAsync();
        await _portable.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void BareWriteAndFlush()
    {
        RandomAccess.Write(_file, _batch, _offset);
        RandomAccess.FlushToDisk(_file);
        _offset += Bytes;
    }

    /// <summary>Through io_uring where the kernel has it, otherwise the same as <see cref="Portable"/>.</summary>
    [Benchmark]
    public void IoUring() => Append(_uring.Wal[0]);

    /// <summary>Through <see cref="RandomAccess"/>.</summary>
    [Benchmark]
    public void Portable() => Append(_portable.Wal[0]);

    private void Append(WalWriter wal)
    {
        long sequence;
        while (!wal.TryAppendRows(Source, 0, 1, _batch, out sequence))
        {
            Thread.Yield();
        }

        ValueTask durable = wal.WaitDurableAsync(sequence);
        if (!durable.IsCompleted)
        {
            durable.AsTask().GetAwaiter().GetResult();
        }
    }
}
