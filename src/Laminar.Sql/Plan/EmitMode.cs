namespace Laminar.Sql.Plan;

/// <summary>When a grouping node hands on its results.</summary>
public enum EmitMode
{
    /// <summary>When the watermark reaches the end of the window; all of time, the window of a query without one, ends with the input.</summary>
    OnWindowClose,

    /// <summary>The exact changelog per input row, with row kinds.</summary>
    Changes,

    /// <summary>The latest result of each group that a batch changed, with row kinds and without images from before.</summary>
    OnUpdate,

    /// <summary>As <see cref="OnUpdate"/>, when the watermark reaches a multiple of <see cref="WindowAggregateNode.EmitInterval"/>.</summary>
    Every,

    /// <summary>As <see cref="OnUpdate"/>, when the wall clock reaches a multiple of <see cref="WindowAggregateNode.EmitInterval"/>, counted from 1970 on.</summary>
    ByClock,
}
