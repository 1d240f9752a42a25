using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Who sells particular things in particular states: a join without a bound in time, so that both sides are kept.</summary>
[StreamQuery("""
    SELECT p.name, p.city, p.state, a.id
    FROM auction AS a JOIN person AS p ON a.seller = p.id
    WHERE a.category = 10 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA')
    """)]
public sealed partial class Q3;
