namespace Laminar.Storage;

/// <summary>Whether saved state belongs to the runtime that opens it.</summary>
internal static class ManifestCheck
{
    internal static void Verify(Manifest saved, StateStoreOptions options)
    {
        string way = $"use an empty folder instead of {options.Directory} to start anew";
        if (saved.Cores != options.Cores)
        {
            throw new StateMismatchException(
                $"The state in {options.Directory} was saved by {saved.Cores} core(s) and the runtime has {options.Cores}. Run with Cores = {saved.Cores}, or {way}.");
        }

        if (saved.KeyGroups != options.KeyGroups)
        {
            throw new StateMismatchException(
                $"The state in {options.Directory} was saved with {saved.KeyGroups} key groups and the runtime has {options.KeyGroups}. Run with KeyGroups = {saved.KeyGroups}, or {way}.");
        }

        foreach ((string task, string layout) in saved.Fingerprints.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (!options.Fingerprints.TryGetValue(task, out string? now) || now.Length == 0)
            {
                throw new StateMismatchException(
                    $"Task {task} has state in {options.Directory} (layout {layout}) and isn't in this program any more. Add it again, or {way}.");
            }

            if (now != layout)
            {
                throw new StateMismatchException(
                    $"Task {task} has state in {options.Directory} of another layout: it was {layout} and is now {now}. Take the change to its query back, or {way}.");
            }
        }

        foreach ((string task, string layout) in options.Fingerprints.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (layout.Length > 0 && !saved.Fingerprints.ContainsKey(task))
            {
                throw new StateMismatchException(
                    $"Task {task} (layout {layout}) is new: the state in {options.Directory} knows nothing of the rows that it has missed. Leave it out, or {way}.");
            }
        }
    }
}
