using System.Runtime.InteropServices;

namespace Laminar.Linux.Uring;

/// <summary>Numbers and structures of the kernel's io_uring interface (include/uapi/linux/io_uring.h). The same on every architecture.</summary>
internal static class UringAbi
{
    internal const long SysSetup = 425;
    internal const long SysEnter = 426;
    internal const long SysRegister = 427;

    internal const uint SetupCqSize = 1u << 3;
    internal const uint FeatureSingleMmap = 1u << 0;
    internal const uint FeatureNoDrop = 1u << 1;
    internal const uint EnterGetEvents = 1u << 0;

    internal const byte OpNop = 0;
    internal const byte OpFsync = 3;
    internal const byte OpWriteFixed = 5;
    internal const byte OpWrite = 23;

    internal const byte SqeFixedFile = 1 << 0;
    internal const byte SqeLink = 1 << 2;
    internal const byte SqeAsync = 1 << 4;
    internal const uint FsyncData = 1;

    internal const uint RegisterProbe = 8;
    internal const uint RegisterFilesUpdate = 6;
    internal const uint RegisterFiles2 = 13;
    internal const uint RegisterBuffers2 = 15;
    internal const uint RegisterBuffersUpdate = 16;
    internal const uint RegisterSparse = 1;

    internal const long OffsetSqRing = 0;
    internal const long OffsetCqRing = 0x8000000;
    internal const long OffsetSqes = 0x10000000;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SqOffsets
{
    internal uint Head;
    internal uint Tail;
    internal uint RingMask;
    internal uint RingEntries;
    internal uint Flags;
    internal uint Dropped;
    internal uint Array;
    internal uint Reserved;
    internal ulong UserAddress;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CqOffsets
{
    internal uint Head;
    internal uint Tail;
    internal uint RingMask;
    internal uint RingEntries;
    internal uint Overflow;
    internal uint Cqes;
    internal uint Flags;
    internal uint Reserved;
    internal ulong UserAddress;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UringParams
{
    internal uint SqEntries;
    internal uint CqEntries;
    internal uint Flags;
    internal uint SqThreadCpu;
    internal uint SqThreadIdle;
    internal uint Features;
    internal uint WqFd;
    internal fixed uint Reserved[3];
    internal SqOffsets Sq;
    internal CqOffsets Cq;
}

[StructLayout(LayoutKind.Sequential)]
internal struct Sqe
{
    internal byte Opcode;
    internal byte Flags;
    internal ushort IoPriority;
    internal int Descriptor;
    internal ulong Offset;
    internal ulong Address;
    internal uint Length;
    internal uint OpFlags;
    internal ulong UserData;
    internal ushort BufferIndex;
    internal ushort Personality;
    internal int SpliceDescriptor;
    internal ulong Pad1;
    internal ulong Pad2;
}

[StructLayout(LayoutKind.Sequential)]
internal struct Cqe
{
    internal ulong UserData;
    internal int Result;
    internal uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ResourceRegister
{
    internal uint Count;
    internal uint Flags;
    internal ulong Reserved;
    internal ulong Data;
    internal ulong Tags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ResourceUpdate
{
    internal uint Offset;
    internal uint Reserved;
    internal ulong Data;
    internal ulong Tags;
    internal uint Count;
    internal uint Reserved2;
}

[StructLayout(LayoutKind.Sequential)]
internal struct FilesUpdate
{
    internal uint Offset;
    internal uint Reserved;
    internal ulong Descriptors;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IoVector
{
    internal nint Base;
    internal nuint Length;
}
