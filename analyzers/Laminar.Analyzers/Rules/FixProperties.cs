using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Analyzers.Rules;

/// <summary>Characters of a file, C# or SQL, and what to write in their place.</summary>
/// <param name="Path">The file's path, as the compiler knows it.</param>
/// <param name="Span">An empty one inserts.</param>
/// <param name="Text">As it must be written in the file.</param>
internal sealed record FileEdit(string Path, TextSpan Span, string Text);

/// <summary>One way to mend a finding, ready to be applied.</summary>
/// <param name="Kind">Fixes of one kind can be applied to many findings at once.</param>
/// <param name="Title">What the menu says.</param>
/// <param name="Edits">They don't overlap.</param>
internal sealed record FileFix(string Kind, string Title, IReadOnlyList<FileEdit> Edits);

/// <summary>Fixes as properties of a diagnostic, which are all that an analyzer can hand to a code fix.</summary>
internal static class FixProperties
{
    private const string Name = "Fix";

    public static ImmutableDictionary<string, string?> Write(ImmutableDictionary<string, string?> properties, IEnumerable<FileFix> fixes)
    {
        int index = 0;
        foreach (FileFix fix in fixes)
        {
            IEnumerable<string> fields = new[] { fix.Kind, fix.Title }.Concat(fix.Edits.SelectMany(e => new[] { e.Path, Number(e.Span.Start), Number(e.Span.Length), e.Text }));
            properties = properties.Add(Name + Number(index++), string.Join(" ", fields.Select(Escape)));
        }

        return properties;
    }

    public static IEnumerable<FileFix> Read(ImmutableDictionary<string, string?> properties)
    {
        for (int index = 0; properties.TryGetValue(Name + Number(index), out string? text) && text is not null; index++)
        {
            string[] fields = text.Split(' ').Select(Unescape).ToArray();
            List<FileEdit> edits = new();
            for (int i = 2; i + 3 < fields.Length; i += 4)
            {
                edits.Add(new FileEdit(fields[i], new TextSpan(int.Parse(fields[i + 1], CultureInfo.InvariantCulture), int.Parse(fields[i + 2], CultureInfo.InvariantCulture)), fields[i + 3]));
            }

            yield return new FileFix(fields[0], fields[1], edits);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string field) => field.Replace("%", "%25").Replace(" ", "%20");

    private static string Unescape(string field) => field.Replace("%20", " ").Replace("%25", "%");
}
