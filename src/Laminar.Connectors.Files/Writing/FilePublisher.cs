using Laminar.Linux;

namespace Laminar.Connectors.Files.Writing;

/// <summary>One file. Publishing renames a whole new file over it, so that a reader has either the one or the other.</summary>
internal sealed class FilePublisher : IPublisher
{
    private readonly string _path;
    private readonly IFileContent _content;
    private readonly HiddenFiles _hidden;
    private readonly IDisposable _claim;

    public FilePublisher(string path, IFileContent content)
    {
        _path = Path.GetFullPath(path);
        _content = content;
        string folder = Path.GetDirectoryName(_path)!;
        _hidden = new HiddenFiles(folder, Path.GetFileName(_path));
        _claim = TargetClaims.Take(_path);
    }

    public string OpenPart => _hidden.Open;

    public bool PublishesEmpty => true;

    public bool BeginsFile(long length) => length == 0;

    public void Keep(long epoch)
    {
        File.Move(_hidden.Open, _hidden.Part(epoch), overwrite: true);
        FolderSync.Flush(_hidden.Folder);
    }

    public void Publish(PreparedEpoch prepared, IReadOnlyCollection<PreparedEpoch> kept)
    {
        string part = _hidden.Part(prepared.Epoch);
        if (!prepared.HasPart || !File.Exists(part))
        {
            // No rows, or published before the crash: the part goes last.
            return;
        }

        if (prepared.Replaces)
        {
            File.Move(part, _path, overwrite: true);
            FolderSync.Flush(_hidden.Folder);
            return;
        }

        long length = File.Exists(_path) ? _content.Length(_path) : -1;
        if (length == prepared.Base)
        {
            _content.Join(_path, prepared.Base, part, _hidden.Next);
            File.Move(_hidden.Next, _path, overwrite: true);
            FolderSync.Flush(_hidden.Folder);
        }
        else if (length < prepared.End)
        {
            throw Changed(length, prepared.Base);
        }

        File.Delete(part);
    }

    public void CleanUp(long committed, long length)
    {
        _hidden.Clear();
        if (length < 0)
        {
            return;
        }

        long found = File.Exists(_path) ? _content.Length(_path) : -1;
        if (found > length)
        {
            // An older manifest may have won: what later epochs published comes again.
            _content.Join(_path, length, null, _hidden.Next);
            File.Move(_hidden.Next, _path, overwrite: true);
            FolderSync.Flush(_hidden.Folder);
        }
        else if (found < length)
        {
            throw Changed(found, length);
        }
    }

    public void Dispose() => _claim.Dispose();

    private LaminarException Changed(long found, long committed) => new(
        $"{_path} {(found < 0 ? "is gone" : $"is shorter than what was committed ({found} of {committed})")}: something else changed it. Put it back, or start with a new data directory.");
}
