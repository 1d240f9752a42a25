using Laminar.Linux.Uring;
using Microsoft.Extensions.Logging;

namespace Laminar.Linux;

/// <summary>Chooses how a folder is written to.</summary>
public static class NativeDevice
{
    private const uint SubmissionEntries = 64;
    private const uint CompletionEntries = 2 * UringDevice.MaxFiles;

    /// <summary>io_uring where the kernel lets us, otherwise positional writes and fdatasync; the choice and its reason are logged.</summary>
    /// <param name="directory">Created when it isn't there.</param>
    /// <param name="useIoUring">False: don't even try.</param>
    /// <param name="logger">Where the choice is logged.</param>
    public static IDevice Open(string directory, bool useIoUring, ILogger logger)
    {
        string reason = "io_uring is switched off by an option";
        if (useIoUring)
        {
            if (!OperatingSystem.IsLinux())
            {
                reason = "io_uring exists on Linux only";
            }
            else if (UringQueue.TryCreate(SubmissionEntries, CompletionEntries, out reason) is { } queue)
            {
                var device = new UringDevice(directory, queue);
                logger.LogInformation("State in {Directory} is written with {Device}.", directory, device.Description);
                return device;
            }
        }

        var portable = new PortableDevice(directory, reason);
        logger.LogInformation("State in {Directory} is written with {Device}.", directory, portable.Description);
        return portable;
    }
}
