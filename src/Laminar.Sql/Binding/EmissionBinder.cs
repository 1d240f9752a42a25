using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>When results come, and how long late rows correct them.</summary>
/// <param name="Mode">For a grouping node.</param>
/// <param name="IsUpdating">Rows carry a kind.</param>
internal sealed record Emission(EmitMode Mode, bool IsUpdating)
{
    /// <summary>Of EMIT EVERY, in the unit of the event time; by the wall clock in ticks.</summary>
    public long Interval { get; init; }

    /// <summary>Of ALLOW LATENESS, in the unit of the event time.</summary>
    public long Lateness { get; init; }

    /// <summary>How long groups without a window are kept behind their last row, in the unit of the event time; 0: until the input ends.</summary>
    public long StateTtl { get; init; }
}

/// <summary>The clauses EMIT and ALLOW LATENESS.</summary>
internal sealed class EmissionBinder
{
    private readonly WindowBinder _windows;
    private readonly DiagnosticBag _diagnostics;

    public EmissionBinder(WindowBinder windows, DiagnosticBag diagnostics)
    {
        _windows = windows;
        _diagnostics = diagnostics;
    }

    /// <summary>What a query says about its emission, or means without saying; null when it can't be, which was reported.</summary>
    /// <param name="query">The clauses.</param>
    /// <param name="window">What it groups by; null without groups.</param>
    public Emission? Bind(QuerySyntax query, GroupWindow? window)
    {
        bool isWindowed = window is { IsWhole: false };
        EmitKind kind = query.Emit?.Kind ?? (isWindowed ? EmitKind.OnWindowClose : window is null ? EmitKind.Final : EmitKind.Changes);
        long? lateness = Lateness(query, isWindowed ? window : null, kind);
        if (query.LateData is { } late && !isWindowed)
        {
            _diagnostics.Report(SqlRules.EmitWithoutWindow, late.Span, "LATE DATA TO");
            return null;
        }

        Emission? emission = Of(kind, query.Emit, window);
        long? kept = new QueryOptions(_diagnostics).StateTtl(query, window);
        return emission is null || lateness is null || kept is null ? null : emission with { Lateness = lateness.Value, StateTtl = kept.Value, IsUpdating = emission.IsUpdating || lateness > 0 };
    }

    private Emission? Of(EmitKind kind, EmitClause? clause, GroupWindow? window)
    {
        switch (kind)
        {
            case EmitKind.OnWindowClose when window is null or { IsWhole: true }:
                _diagnostics.Report(SqlRules.EmitWithoutWindow, clause!.Span, "EMIT ON WINDOW CLOSE");
                return null;
            case EmitKind.OnWindowClose or EmitKind.Final:
                return new Emission(EmitMode.OnWindowClose, false);
            case EmitKind.OnUpdate:
                return new Emission(EmitMode.OnUpdate, true);
            case EmitKind.Every:
                return Every(clause!, window);
            default:
                return new Emission(EmitMode.Changes, true);
        }
    }

    private Emission? Every(EmitClause clause, GroupWindow? window)
    {
        if (window is null)
        {
            _diagnostics.Report(SqlRules.EmitWithoutGroups, clause.Span, "EMIT EVERY");
            return null;
        }

        // The wall clock is in ticks, whatever the event time is in.
        EmitMode mode = clause.ProcessingTime ? EmitMode.ByClock : EmitMode.Every;
        return _windows.Span(clause.Interval!, "interval of EMIT EVERY", clause.ProcessingTime ? SqlType.Timestamp : window.Type) is { } interval ? new Emission(mode, true) { Interval = interval } : null;
    }

    /// <summary>0 without the clause; null when it can't be, which was reported.</summary>
    private long? Lateness(QuerySyntax query, GroupWindow? window, EmitKind kind)
    {
        if (query.AllowLateness is not { } clause)
        {
            return 0;
        }

        if (window is null)
        {
            _diagnostics.Report(SqlRules.EmitWithoutWindow, clause.Span, "ALLOW LATENESS");
            return null;
        }

        if (kind == EmitKind.Final)
        {
            _diagnostics.Report(SqlRules.FinalWithLateness, clause.Span);
            return null;
        }

        return _windows.Span(clause.Interval, "interval of ALLOW LATENESS", window.Type);
    }
}
