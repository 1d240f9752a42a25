using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.CodeFixes;

/// <summary>Makes edits in documents and additional documents. An edit that overlaps one before it is left out: it needs another round.</summary>
internal static class FileEdits
{
    public static async Task<Solution> Apply(Solution solution, IEnumerable<FileEdit> edits, CancellationToken cancellation)
    {
        foreach (IGrouping<string, FileEdit> file in edits.Distinct().GroupBy(edit => edit.Path, StringComparer.Ordinal))
        {
            List<TextChange> changes = Changes(file);
            foreach (DocumentId id in Documents(solution, file.Key))
            {
                TextDocument document = solution.GetDocument(id) ?? solution.GetAdditionalDocument(id)!;
                SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
                SourceText changed = text.WithChanges(changes);
                solution = document is Document ? solution.WithDocumentText(id, changed) : solution.WithAdditionalDocumentText(id, changed);
            }
        }

        return solution;
    }

    private static List<TextChange> Changes(IEnumerable<FileEdit> edits)
    {
        List<TextChange> changes = new();
        foreach (IGrouping<TextSpan, FileEdit> place in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End).GroupBy(e => e.Span))
        {
            if (changes.Count > 0 && place.Key.Start < changes[changes.Count - 1].Span.End)
            {
                continue;
            }

            // Several insertions at one place follow each other; of several replacements the first counts.
            string text = place.Key.IsEmpty ? string.Concat(place.Select(e => e.Text)) : place.First().Text;
            changes.Add(new TextChange(place.Key, text));
        }

        return changes;
    }

    private static IEnumerable<DocumentId> Documents(Solution solution, string path) =>
        solution.GetDocumentIdsWithFilePath(path) is { IsEmpty: false } found
            ? found
            : solution.Projects.SelectMany(p => p.AdditionalDocuments).Where(d => d.FilePath == path).Select(d => d.Id);
}
