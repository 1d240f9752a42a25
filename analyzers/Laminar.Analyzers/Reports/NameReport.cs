using Laminar.Analyzers.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>Two sources or queries with one SQL name: the one that doesn't count is blamed.</summary>
internal static class NameReport
{
    public static void Report(string name, string type, AttributeUse use, ProjectState state, Findings findings)
    {
        string owner = state.OwnerOf(name);
        if (owner.Length == 0 || owner == type)
        {
            return;
        }

        // Where the name is written, if it is.
        AttributeArgumentSyntax? argument = use.Named("Name") ?? (use.Syntax.Name.ToString() is var attribute && (attribute.Contains("StreamSource") || attribute.Contains("ReferenceTable")) ? use.Positional : null);
        findings.Add(UsageRules.DuplicateName, use.LocationOf(argument), name, owner.Replace("global::", string.Empty));
    }
}
