using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>The JIT gives up optimising huge methods, so no generated method passes 20 KB of IL, however wide the query.</summary>
public sealed class IlSizeTests
{
    private const int Limit = 20 * 1024;

    [Test]
    public void WideSourcesAndQueriesStayBelowTheLimit()
    {
        string members = string.Join(", ", Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? $"long? C{i}" : $"string? C{i}"));
        string projection = string.Join(", ", Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? $"c{i} + 1 AS c{i}" : $"c{i}"));
        string aggregates = string.Join(", ", Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? $"SUM(c{i * 2}) AS a{i}" : i % 3 == 1 ? $"MAX(c{(i * 2) + 1}) AS a{i}" : $"COUNT(c{i}) AS a{i}"));
        byte[] image = new UserProject($"""
            using System;
            using Laminar;

            [StreamSource("wide", Watermark = "ts")]
            public readonly partial record struct Wide(DateTime Ts, {members});

            [StreamQuery("SELECT {projection} FROM wide")]
            public sealed partial class Projection;

            [StreamQuery("SELECT c0, c1, {aggregates} FROM wide GROUP BY c0, c1, HOP(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)")]
            public sealed partial class Aggregation;

            [StreamQuery("SELECT c0, c1, {aggregates} FROM wide GROUP BY c0, c1, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT CHANGES")]
            public sealed partial class Changes;
            """).Compile().EmitImage();

        Assert.That(MethodsAbove(image, Limit), Is.Empty);
    }

    private static List<string> MethodsAbove(byte[] image, int limit)
    {
        using var pe = new PEReader(new MemoryStream(image));
        MetadataReader metadata = pe.GetMetadataReader();
        var above = new List<string>();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            int size = method.RelativeVirtualAddress == 0 ? 0 : pe.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()?.Length ?? 0;
            string name = metadata.GetString(method.Name);

            // The compiler's own members of a record (ToString, Equals) aren't ours, and aren't hot.
            if (size > limit && name is not ("PrintMembers" or "Equals" or "GetHashCode"))
            {
                above.Add($"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{name}: {size}");
            }
        }

        return above;
    }
}
