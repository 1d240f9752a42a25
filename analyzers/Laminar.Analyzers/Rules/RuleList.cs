using System.Collections.Generic;
using Laminar.Sql.Diagnostics;

namespace Laminar.Analyzers.Rules;

/// <summary>Makes rules of one family and remembers them.</summary>
internal sealed class RuleList
{
    private readonly List<SqlRule> _rules = new();

    public IReadOnlyList<SqlRule> All => _rules;

    public SqlRule Error(string id, string title, string message) => Add(new SqlRule(id, title, message, SqlSeverity.Error));

    public SqlRule Warning(string id, string title, string message) => Add(new SqlRule(id, title, message, SqlSeverity.Warning));

    public SqlRule Info(string id, string title, string message) => Add(new SqlRule(id, title, message, SqlSeverity.Info));

    private SqlRule Add(SqlRule rule)
    {
        _rules.Add(rule);
        return rule;
    }
}
