using System.Globalization;
using Laminar.Linux;

namespace Laminar.Connectors.Files.Writing;

/// <summary>One file per epoch. Publishing is a rename.</summary>
internal sealed class FolderPublisher : IPublisher
{
    private const string Prefix = "part-";

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
            File.Move(_hidden.Part(prepared.Epoch), Path.Combine(_hidden.Folder, NameOf(prepared.Epoch)), overwrite: true);
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

    private string NameOf(long epoch) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{epoch:D10}{_extension}");

    /// <summary>Deletes parts of some epochs. Other programs call their files part-1 or part-00001 too: only what is named just as we name it is ours.</summary>
    private bool DeleteParts(Func<long, bool> which)
    {
        bool any = false;
        foreach (string file in Directory.EnumerateFiles(_hidden.Folder, Prefix + "*"))
        {
            string number = Path.GetFileNameWithoutExtension(file)[Prefix.Length..];
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && Path.GetFileName(file) == NameOf(epoch) && which(epoch))
            {
                File.Delete(file);
                any = true;
            }
        }

        return any;
    }
}
