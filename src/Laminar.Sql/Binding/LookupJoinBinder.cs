using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>A join of which one side is a reference table: what its key is equal to, and what else must hold.</summary>
/// <param name="diagnostics">Where errors go.</param>
/// <param name="conditions">The conditions that all must be TRUE, over the columns of both sides; null when an error was reported.</param>
/// <param name="where">The same of WHERE, as far as it is known here.</param>
internal sealed class LookupJoinBinder(DiagnosticBag diagnostics, Func<BoundFrom, BoundFrom, int, List<BoundExpression>?> conditions, Func<BoundFrom, BoundFrom, int, IEnumerable<BoundExpression>> where)
{
    /// <param name="join">The join.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    public BoundFrom? Bind(JoinTable join, JoinType type, BoundFrom left, BoundFrom right)
    {
        TextSpan place = join.KindSpan.Length > 0 ? join.KindSpan : join.Span;
        bool isTurned = left.Table is not null;
        if (isTurned && right.Table is not null)
        {
            diagnostics.Report(SqlRules.TableAlone, place, left.Table!.Name, "join a stream with it, and then with " + right.Table!.Name);
            return null;
        }

        BoundFrom table = isTurned ? left : right;
        JoinType? kind = (type, isTurned) switch
        {
            (JoinType.Inner, _) => JoinType.Inner,
            (JoinType.Left, false) or (JoinType.Right, true) => JoinType.Left,
            (JoinType.Semi or JoinType.Anti, false) => type,
            _ => null,
        };
        if (kind is null)
        {
            diagnostics.Report(SqlRules.LookupSide, place, $"{type.ToString().ToUpperInvariant()} JOIN", table.Table!.Name, isTurned && type == JoinType.Left ? "write RIGHT JOIN, or put the stream first" : "write INNER or LEFT JOIN, with the stream first");
            return null;
        }

        BoundFrom stream = isTurned ? right : left;
        if (Refused(join, stream, isTurned) is { } refused)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, refused.Span, refused.What);
            return null;
        }

        // What has groups is made by a query inside this one: no operator looks up behind that.
        stream = stream.Stateful is null ? stream : stream.AsInner();
        int streamWidth = stream.Input.Columns.Count;
        BoundFrom rows = stream with { Scope = stream.Scope with { Columns = stream.Scope.Columns.Where(c => c.Part is null).ToArray() } };
        List<BoundExpression>? on = Of(isTurned ? table : rows, isTurned ? rows : table, isTurned, conditions)?.ToList();
        if (on is null)
        {
            return null;
        }

        var keys = new List<BoundExpression>();
        var missing = new List<string>();
        var sides = new LookupSides(streamWidth);
        IEnumerable<BoundExpression> more = kind == JoinType.Inner ? Of(isTurned ? table : rows, isTurned ? rows : table, isTurned, where)! : Array.Empty<BoundExpression>();
        foreach (int ordinal in table.Table!.Key!.Columns)
        {
            RelationColumn column = table.Table.Columns[ordinal];
            BoundExpression? found = on.Concat(more).FirstOrDefault(c => sides.KeyOf(c, ordinal, column.Type) is not null);
            if (found is null)
            {
                missing.Add(column.Name);
                continue;
            }

            keys.Add(sides.KeyOf(found, ordinal, column.Type)!);
            on.Remove(found);
        }

        if (missing.Count > 0)
        {
            diagnostics.Report(SqlRules.LookupKey, join.On?.Span ?? place, table.Table.Name, string.Join(", ", missing));
            return null;
        }

        BoundExpression? condition = on.Count == 0 ? null : on.Aggregate((a, b) => new BoundBinary(BinaryOperator.And, a, b, SqlType.Boolean, a.Nullable || b.Nullable, TextSpan.Cover(a.Span, b.Span)));
        bool hidesTable = kind is JoinType.Semi or JoinType.Anti;
        PlanColumn[] ofTable = hidesTable ? [] : table.Input.Columns.Select(c => c with { Nullable = c.Nullable || kind == JoinType.Left, EventTimeLag = null }).ToArray();
        var node = new LookupJoinNode(stream.Input, table.Table, kind.Value, keys, condition, [.. stream.Input.Columns, .. ofTable]) { Span = place };
        return Result(join, stream, table, node, isTurned);
    }

    private static (TextSpan Span, string What)? Refused(JoinTable join, BoundFrom stream, bool isTurned) =>
        stream.Changing is { } changing ? (changing, "a join of rows that change with a reference table")
        : join.Match is { } match ? (match.Span, "ASOF JOIN with a reference table, which has no times; write JOIN")
        : join.Right is NamedTable { AsOf: { } time } && (isTurned || !IsClock(time)) ? (time.Span, "FOR SYSTEM_TIME AS OF with a reference table, which has no versions; leave it out, or write PROCTIME()")
        : null;

    private static bool IsClock(ExpressionSyntax time) =>
        time is CallExpression { Arguments.Count: 0 } call && call.Name.Text.ToUpperInvariant() is "PROCTIME" or "CURRENT_TIMESTAMP" or "NOW";

    /// <summary>Conditions over the stream's columns and then the table's, whichever stands first.</summary>
    private static IEnumerable<BoundExpression>? Of<T>(BoundFrom left, BoundFrom right, bool isTurned, Func<BoundFrom, BoundFrom, int, T?> bind)
        where T : class, IEnumerable<BoundExpression>
    {
        int before = left.Input.Columns.Count;
        int stream = right.Input.Columns.Count;
        BoundExpression Turned(BoundExpression e) => e is BoundColumn c ? c with { Ordinal = c.Ordinal < before ? c.Ordinal + stream : c.Ordinal - before } : ExpressionRewriter.Children(e, Turned);
        IEnumerable<BoundExpression>? bound = bind(left, right, before);
        return isTurned ? bound?.Select(Turned) : bound;
    }

    private static BoundFrom Result(JoinTable join, BoundFrom stream, BoundFrom table, LookupJoinNode node, bool isTurned)
    {
        int width = node.Width;
        int added = node.Columns.Count - width;
        bool IsUsed(ScopeColumn c) => join.Using.Any(u => SqlName.Same(u.Text, c.Name));

        // Windows of FROM are put on what comes out of here: their columns come behind the table's.
        ScopeColumn OfStream(ScopeColumn c) => c.Part is null ? c : c with { Ordinal = c.Ordinal + added };
        ScopeColumn OfTable(ScopeColumn c) => IsUsed(c)
            ? stream.Scope.Find(null, c.Name)[0] with { Table = c.Table, Part = null }
            : c with { Ordinal = c.Ordinal + width, Nullable = node.Columns[c.Ordinal + width].Nullable, EventTimeLag = null };
        NameScope Both(NameScope names)
        {
            IEnumerable<ScopeColumn> own = names.Columns.Where(c => !isTurned || !IsUsed(c)).Select(OfStream);
            IEnumerable<ScopeColumn> others = added == 0 ? Array.Empty<ScopeColumn>() : table.Scope.Columns.Where(c => isTurned || !IsUsed(c)).Select(OfTable);
            return names with { Columns = isTurned ? [.. others, .. own] : [.. own, .. others] };
        }

        return stream with { Input = node, Rows = Both(stream.Rows), Scope = Both(stream.Scope), LookedUp = stream.LookedUp ?? node.Span };
    }
}
