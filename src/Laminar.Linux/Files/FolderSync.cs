using Laminar.Linux.Native;

namespace Laminar.Linux;

/// <summary>Makes the names in a folder durable: after a rename the file is safe only when its folder has been synced too.</summary>
public static class FolderSync
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Blocks until creations, renames and deletions in the folder are durable. Elsewhere than on Linux there is no such call, and nothing happens.</summary>
    /// <exception cref="IOException">The folder can't be opened or synced; what was renamed may be lost.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int descriptor = LibC.Open(folder, CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} can't be opened: {LibC.LastErrorText()}.");
        }

        try
        {
            if (LibC.Fsync(descriptor) != 0)
            {
                throw new IOException($"fsync of the folder {folder} failed: {LibC.LastErrorText()}.");
            }
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }
}
