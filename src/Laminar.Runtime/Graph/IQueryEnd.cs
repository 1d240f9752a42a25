namespace Laminar.Runtime.Graph;

/// <summary>A handle that users have of a query of this runtime.</summary>
internal interface IQueryEnd
{
    IQueryNode Query { get; }
}
