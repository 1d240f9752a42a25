using Laminar.Linux.Native;
using Microsoft.Extensions.Logging;

namespace Laminar.Linux;

/// <summary>Binds threads to processors.</summary>
public static unsafe class ThreadAffinity
{
    private const int MaskBytes = 1024; // 8,192 processors, the kernel's own limit

    /// <summary>Binds the calling thread to one processor. False, with a log line saying why, where the system refuses.</summary>
    public static bool TryPin(int processor, ILogger logger)
    {
        if (!OperatingSystem.IsLinux())
        {
            logger.LogInformation("Thread {Thread} isn't pinned to processor {Processor}: only supported on Linux.", Thread.CurrentThread.Name, processor);
            return false;
        }

        if ((uint)processor >= MaskBytes * 8)
        {
            logger.LogWarning("Thread {Thread} isn't pinned: there is no processor {Processor}.", Thread.CurrentThread.Name, processor);
            return false;
        }

        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        mask[processor / 8] = (byte)(1 << (processor % 8));
        if (LibC.SchedSetAffinity(0, MaskBytes, mask) == 0)
        {
            return true;
        }

        logger.LogWarning(
            "Thread {Thread} isn't pinned to processor {Processor}: {Reason}.", Thread.CurrentThread.Name, processor, LibC.LastErrorText());
        return false;
    }

    /// <summary>The processors that the calling thread may run on, ascending.</summary>
    public static IReadOnlyList<int> AllowedProcessors()
    {
        var allowed = new List<int>();
        if (OperatingSystem.IsLinux())
        {
            byte* mask = stackalloc byte[MaskBytes];
            new Span<byte>(mask, MaskBytes).Clear();
            if (LibC.SchedGetAffinity(0, MaskBytes, mask) >= 0)
            {
                for (int i = 0; i < MaskBytes * 8; i++)
                {
                    if ((mask[i / 8] & (1 << (i % 8))) != 0)
                    {
                        allowed.Add(i);
                    }
                }
            }
        }

        if (allowed.Count == 0)
        {
            allowed.AddRange(Enumerable.Range(0, Environment.ProcessorCount));
        }

        return allowed;
    }

    /// <summary>The processor that the calling thread runs on just now, or -1.</summary>
    public static int CurrentProcessor() => OperatingSystem.IsLinux() ? LibC.SchedGetCpu() : -1;
}
