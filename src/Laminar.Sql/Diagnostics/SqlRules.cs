using System.Collections.Generic;

namespace Laminar.Sql.Diagnostics;

/// <summary>
/// The one list of messages. It is partial: one file per hundred (<c>SqlRules.Syntax.cs</c> LAM1xxx, <c>SqlRules.Binding.cs</c> LAM2xxx,
/// <c>SqlRules.Streaming.cs</c> LAM3xxx, <c>SqlRules.Connectors.cs</c> LAM5xxx), each registering its rules in <see cref="All"/>.
/// </summary>
public static partial class SqlRules
{
    // No initializer: the order of static initializers across the files of a partial class isn't defined, so the first rule makes the list.
    private static List<SqlRule>? _registry;

    /// <summary>Every rule of the SQL front end, in the order of declaration.</summary>
    public static IReadOnlyList<SqlRule> All => _registry!;

    private static SqlRule Error(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Error));

    private static SqlRule Warning(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Warning));

    private static SqlRule Info(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Info));

    private static SqlRule Register(SqlRule rule)
    {
        (_registry ??= new List<SqlRule>()).Add(rule);
        return rule;
    }
}
