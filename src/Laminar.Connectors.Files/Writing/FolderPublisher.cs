using System.Globalization;
using Laminar.Linux;

namespace Laminar.Connectors.Files.Writing;

/// <summary>One file per epoch. Publishing is a rename.</summary>
internal sealed class FolderPublisher : IPublisher
{
    private readonly HiddenFiles _hidden;
    private readonly string _extension;
    private readonly IDisposable _claim;

    public FolderPublisher(string folder, string sink, string extension)
    {
        _extension = extension;
        _hidden = new HiddenFiles(folder, string.Concat(sink.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')));
        _claim = TargetClaims.Take(folder);
    }

    public string OpenPart => _hidden.Open;

    public bool PublishesEmpty => false;

    public bool BeginsFile(long length) => true;

    public void Keep(long epoch)
    {
        File.Move(_hidden.Open, _hidden.Part(epoch), overwrite: true);
        FolderSync.Flush(_hidden.Folder);
    }

    public void Publish(PreparedEpoch prepared, IReadOnlyCollection<PreparedEpoch> kept)
    {
        bool changed = false;
        if (prepared.Replaces)
        {
            changed = DeleteParts(epoch => kept.All(k => !k.HasPart || k.Epoch != epoch));
        }

        if (prepared.HasPart && File.Exists(_hidden.Part(prepared.Epoch)))
        {
            File.Move(_hidden.Part(prepared.Epoch), Path.Combine(_hidden.Folder, $"part-{prepared.Epoch:D10}{_extension}"), overwrite: true);
            changed = true;
        }

        if (changed)
        {
            FolderSync.Flush(_hidden.Folder);
        }
    }

    public void CleanUp(long committed, long length)
    {
        _hidden.Clear();
        if (length >= 0)
        {
            // An older manifest may have won: what later epochs published comes again.
            DeleteParts(epoch => epoch > committed);
        }
    }

    public void Dispose() => _claim.Dispose();

    private bool DeleteParts(Func<long, bool> which)
    {
        bool any = false;
        foreach (string file in Directory.EnumerateFiles(_hidden.Folder, "part-*"))
        {
            string number = Path.GetFileNameWithoutExtension(file)["part-".Length..];
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && which(epoch))
            {
                File.Delete(file);
                any = true;
            }
        }

        return any;
    }
}
