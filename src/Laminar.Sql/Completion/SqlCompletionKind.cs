namespace Laminar.Sql.Completion;

public enum SqlCompletionKind
{
    Column,

    /// <summary>A source, query or stream.</summary>
    Relation,

    /// <summary>A name or alias that may stand before a dot.</summary>
    Qualifier,
    Function,
    Aggregate,

    /// <summary>TUMBLE and its kind.</summary>
    Window,
    Type,
    Keyword,
}
