using Laminar.State;

namespace Laminar.Execution;

/// <summary>How far the frames of a partition have come. Places count from the partition's first row.</summary>
/// <typeparam name="TPane">What aggregates keep.</typeparam>
internal struct FrameState<TPane>
    where TPane : unmanaged
{
    /// <summary>The first row of the last frame.</summary>
    public long From;

    /// <summary>Behind the last row that was looked at.</summary>
    public long To;

    /// <summary>Rows before it are in <see cref="Fronts"/>, those from it on in <see cref="Pane"/>.</summary>
    public long Middle;

    /// <summary>The place of the first of <see cref="Fronts"/>.</summary>
    public long FrontsFrom;

    /// <summary>Of a frame that only grows its rows, of one that slides those from <see cref="Middle"/> to <see cref="To"/>.</summary>
    public TPane Pane;

    /// <summary>Of each row before <see cref="Middle"/> what the rows from it to there come to.</summary>
    public TPane[]? Fronts;

    public readonly void Save(StateWriter state)
    {
        state.Write(From);
        state.Write(To);
        state.Write(Middle);
        state.Write(Pane);
    }

    public void Load(StateReader state)
    {
        From = state.Read<long>();
        To = state.Read<long>();
        Middle = state.Read<long>();
        Pane = state.Read<TPane>();
    }
}
