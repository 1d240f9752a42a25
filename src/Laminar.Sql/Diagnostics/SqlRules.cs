using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Diagnostics;

/// <summary>
/// The one list of messages. It is partial: one file per hundred (<c>SqlRules.Syntax.cs</c> LAM1xxx, <c>SqlRules.Binding.cs</c> LAM2xxx,
/// <c>SqlRules.Streaming.cs</c> LAM3xxx, <c>SqlRules.Connectors.cs</c> LAM5xxx), each registering its rules in <see cref="All"/>.
/// </summary>
public static partial class SqlRules
{
    // Without an initialiser: the files of a partial class are initialised in no certain order.
    private static List<SqlRule>? _registry;

    /// <summary>Every rule of the SQL front end, by id.</summary>
    public static IReadOnlyList<SqlRule> All => _registry!.OrderBy(rule => rule.Id, StringComparer.Ordinal).ToArray();

    private static SqlRule Error(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Error));

    private static SqlRule Warning(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Warning));

    private static SqlRule Info(string id, string title, string message) => Register(new SqlRule(id, title, message, SqlSeverity.Info));

    private static SqlRule Register(SqlRule rule)
    {
        (_registry ??= new()).Add(rule);
        return rule;
    }
}
