using Laminar.Generators.Emit;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Which operator over rows is written; the one that merges partial results is in the library.</summary>
internal enum AggregateMode
{
    /// <summary>Rows to results.</summary>
    Whole,

    /// <summary>Rows of one partition to partial results per pane.</summary>
    Local,
}

/// <summary>How windows are laid over panes and panes over entries of the state.</summary>
internal sealed class Geometry
{
    /// <summary>Windows of more panes than this keep one pane per window instead, and each row goes into each of its windows.</summary>
    private const long MostPanes = 1024;

    public Geometry(WindowAggregateNode node, AggregateMode mode)
    {
        WindowSpec window = node.Window;
        Origin = window.Origin;
        Gap = window.WindowTimeGap;
        long panes = window.Panes;
        Window = window;
        IsWhole = window.Kind == WindowKind.Whole && node.StateTtl == 0;
        IsSession = HoldsSessions(node);
        IsIdle = node.StateTtl > 0;
        HasMarks = node.Emit is EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock;
        IsSliding = PaneSharing.HasTwoStacks(node) && new Aggregates.AggregatePlan(node).CanTravel;

        PerWindow = IsWhole || node.Input is ExpandNode || node.Emit != EmitMode.OnWindowClose || node.Lateness > 0 || (IsDear(window) && !IsSliding && mode == AggregateMode.Whole);
        if (mode == AggregateMode.Local)
        {
            Size = Slide = Pane = window.PaneSize;
            PerWindow = false;
            return;
        }

        Size = IsIdle ? node.StateTtl : window.Size;
        Slide = IsIdle ? node.StateTtl : window.Slide;
        if (IsCumulating)
        {
            Pane = window.PaneSize;
            HasTotals = !PerWindow;
            return;
        }

        Pane = PerWindow || Size == Slide ? Size : window.PaneSize;
        if (window.Calendar is not null)
        {
            Panes = (int)panes;
        }

        if (PerWindow || Size == Slide)
        {
            return;
        }

        Panes = (int)panes;
        if (IsSliding)
        {
            return;
        }

        while (BlockPanes < Panes)
        {
            Shift++;
        }
    }

    public WindowSpec Window { get; }

    /// <summary>Windows are the beginnings of spans.</summary>
    public bool IsCumulating => Window.Kind == WindowKind.Cumulate;

    /// <summary>What spans have come to is kept, and panes are added to it; see <c>WindowLayout.HasTotals</c>.</summary>
    public bool HasTotals { get; }

    /// <summary>Panes have groups of their own, and what windows come to is kept beside them; see <c>SlidingOperator</c>.</summary>
    public bool IsSliding { get; }

    /// <summary>Windows aren't arithmetic with constants: where they lie is asked of the operator's <c>WindowLine</c>.</summary>
    public bool AsksLine => !IsWhole && (IsCumulating || Window.Calendar is not null);

    /// <summary>Length of a window.</summary>
    public long Size { get; }

    /// <summary>Distance of windows.</summary>
    public long Slide { get; }

    /// <summary>Start of some window.</summary>
    public long Origin { get; }

    /// <summary>Between window_time and window_end.</summary>
    public long Gap { get; }

    /// <summary>Width of a pane.</summary>
    public long Pane { get; }

    /// <summary>Panes of a window.</summary>
    public int Panes { get; } = 1;

    /// <summary>An entry holds 2^Shift panes.</summary>
    public int Shift { get; }

    public int BlockPanes => 1 << Shift;

    /// <summary>Whether a pane is a whole window and rows go into each of their windows (the exact changelog needs that).</summary>
    public bool PerWindow { get; }

    /// <summary>All of time is one window.</summary>
    public bool IsWhole { get; }

    /// <summary>Where a window lies depends on the rows in it; each has an entry of its own.</summary>
    public bool IsSession { get; }

    /// <summary>A session of a kind: a group of all time, which is forgotten when it has had no rows for a while (<c>state_ttl</c>).</summary>
    public bool IsIdle { get; }

    /// <summary>See <see cref="IsSession"/>.</summary>
    public static bool HoldsSessions(WindowAggregateNode node) => node.Window.Kind == WindowKind.Session || node.StateTtl > 0;

    /// <summary>Entries say whether they have changed since they were emitted, and whether they were.</summary>
    public bool HasMarks { get; }

    /// <summary>Windows share panes.</summary>
    public bool HasBlocks => Shift > 0;

    /// <summary>With gaps between windows each row is in one of them at most: nothing to share. Nor are more panes kept than can be merged in no time.</summary>
    private static bool IsDear(WindowSpec window) => window.Kind == WindowKind.Hop && (window.Panes > MostPanes || window.PanesPerSlide > window.Panes);

    /// <summary>A pane of an entry.</summary>
    public string PaneOf(string group, string index) => HasBlocks
        ? $"Compiler::Unsafe.Add(ref Compiler::Unsafe.As<Panes, Pane>(ref {group}.Panes), {index})"
        : $"{group}.Pane";
}
