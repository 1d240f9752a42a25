namespace Laminar.Connectors.Files.Writing;

/// <summary>Lines of text: the part's bytes follow the file's.</summary>
internal sealed class TextContent : IFileContent
{
    public long Length(string file) => new FileInfo(file).Length;

    public void Join(string file, long length, string? part, string to)
    {
        // File.Copy shares blocks where the file system can, and copies inside the kernel where it can't.
        File.Copy(file, to, overwrite: true);
        using var joined = new FileStream(to, FileMode.Open, FileAccess.Write, FileShare.None, 0);
        if (joined.Length != length)
        {
            joined.SetLength(length);
        }

        joined.Position = length;
        if (part is not null)
        {
            using var added = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
            added.CopyTo(joined, 1024 * 1024);
        }

        joined.Flush(flushToDisk: true);
    }
}
