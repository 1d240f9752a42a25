namespace Laminar.Connectors.Files.Writing;

/// <summary>What a single file holds: how its length is counted and how a part is put behind it.</summary>
internal interface IFileContent
{
    /// <summary>Units in a file: bytes of text, batches of Arrow.</summary>
    long Length(string file);

    /// <summary>Writes the first <paramref name="length"/> units of <paramref name="file"/>, and all of <paramref name="part"/> behind them if there is one, to a new file, durably.</summary>
    void Join(string file, long length, string? part, string to);
}
