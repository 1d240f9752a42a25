using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Scripts;

/// <summary>Streams behind the streams that they read, otherwise in script order. A stream in a circle is reported and left out.</summary>
internal static class StreamOrder
{
    public static IReadOnlyList<CreateStreamStatement> Of(IReadOnlyList<CreateStreamStatement> streams, DiagnosticBag diagnostics)
    {
        var byName = new Dictionary<string, CreateStreamStatement>();
        foreach (CreateStreamStatement stream in streams)
        {
            byName[SqlName.Fold(stream.Name.Text)] = stream;
        }

        foreach (CreateStreamStatement stream in streams.Where(s => s.Query.LateData is not null && !byName.ContainsKey(SqlName.Fold(s.Query.LateData.Target.Text))))
        {
            byName.Add(SqlName.Fold(stream.Query.LateData!.Target.Text), stream);
        }

        Dictionary<CreateStreamStatement, List<CreateStreamStatement>> reads = streams.ToDictionary(
            s => s,
            s => FromNames.Of(s.Query).Select(SqlName.Fold).Where(byName.ContainsKey).Select(n => byName[n]).Distinct().ToList(),
            ReferenceComparer.Instance);
        var order = new List<CreateStreamStatement>();
        var left = streams.ToList();
        while (left.Count > 0)
        {
            CreateStreamStatement? next = left.FirstOrDefault(s => !reads[s].Any(r => left.Any(l => ReferenceEquals(l, r))));
            if (next is null)
            {
                CreateStreamStatement first = left[0];
                diagnostics.Report(SqlRules.CircularStreams, first.Name.Span, first.Name.Text, string.Join(", ", reads[first].Where(left.Contains).Select(r => r.Name.Text)));
                return order;
            }

            order.Add(next);
            left.RemoveAll(s => ReferenceEquals(s, next));
        }

        return order;
    }

    private sealed class ReferenceComparer : IEqualityComparer<CreateStreamStatement>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(CreateStreamStatement? x, CreateStreamStatement? y) => ReferenceEquals(x, y);

        public int GetHashCode(CreateStreamStatement obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
