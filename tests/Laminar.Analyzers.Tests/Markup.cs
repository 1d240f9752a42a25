using System.Text;

namespace Laminar.Analyzers.Tests;

/// <summary>A place where a diagnostic is expected.</summary>
public sealed record Expected(string Path, string Id, int Start, int End);

/// <summary>Source with the expected diagnostics in it: <c>{|LAM2003:pric|}</c>, several ids separated by commas; markers may nest.</summary>
public static class Markup
{
    public static (string Text, List<Expected> Expected) Read(string path, string marked)
    {
        StringBuilder text = new();
        List<Expected> expected = [];
        Stack<(string Ids, int Start)> open = new();
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked[i] == '{' && i + 4 < marked.Length && marked.AsSpan(i + 1).StartsWith("|LAM"))
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (open.Count > 0 && marked.AsSpan(i).StartsWith("|}"))
            {
                (string ids, int start) = open.Pop();
                expected.AddRange(ids.Split(',').Select(id => new Expected(path, id, start, text.Length)));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return (text.ToString(), expected);
    }
}
