using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads a type with [StreamSource] or [ReferenceTable].</summary>
public static class SourceDiscovery
{
    public static SourceModel Read(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        RowTypeModel row = WithoutKind(RowTypeDiscovery.Read(type, cancellation));
        string name = Symbols.ConstructorArgument(attribute, 0) is string { Length: > 0 } given ? given : type.Name;
        var source = new SourceModel(row, name) { Watermark = Symbols.NamedArgument(attribute, "Watermark") as string ?? "" };

        foreach (ISymbol member in RowTypeDiscovery.ColumnCandidates(type))
        {
            if (RowTypeDiscovery.MemberAttribute(member, type, AttributeNames.EventTime) is { } eventTime)
            {
                return source with
                {
                    EventTimeMember = member.Name,
                    EventTimeLatenessTicks = ParseLateness(Symbols.NamedArgument(eventTime, "Lateness") as string),
                };
            }
        }

        return source;
    }

    /// <summary>The same of [ReferenceTable]: a table has a key in place of a watermark.</summary>
    public static SourceModel ReadTable(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        RowTypeModel row = RowTypeDiscovery.Read(type, cancellation);
        string name = Symbols.ConstructorArgument(attribute, 0) is string { Length: > 0 } given ? given : type.Name;
        string[] keys = RowTypeDiscovery.ColumnCandidates(type).Where(m => IsKey(m, type)).Select(m => m.Name).ToArray();
        IEnumerable<int> indexes = row.Members.Select((m, i) => (m.ClrName, Index: i)).Where(m => keys.Contains(m.ClrName)).Select(m => m.Index);
        return new SourceModel(row, name) { IsTable = true, Keys = new EquatableArray<int>(indexes) };
    }

    private static bool IsKey(ISymbol member, INamedTypeSymbol type) =>
        (RowTypeDiscovery.MemberAttribute(member, type, AttributeNames.Key) ?? RowTypeDiscovery.MemberAttribute(member, type, AttributeNames.DataAnnotationsKey)) is not null;

    /// <summary>A source of changes has a column <c>kind</c> in front of all others, in files and in Arrow.</summary>
    private static RowTypeModel WithoutKind(RowTypeModel row)
    {
        RowMember[] second = row.KindMember.Length == 0 ? [] : row.Members.Where(m => SqlName.Same(m.SqlName, "kind")).ToArray();
        return second.Length == 0 ? row : row with
        {
            Members = new EquatableArray<RowMember>(row.Members.Except(second)),
            Ignored = new EquatableArray<IgnoredMember>(row.Ignored.Concat(second.Select(m => new IgnoredMember(m.ClrName, m.ClrType, MemberProblem.DuplicateName)))),
        };
    }

    /// <summary>A number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>, in ticks of 100 ns; 0 for null, -1 for anything else.</summary>
    public static long ParseLateness(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        string trimmed = text.Trim();
        int digits = 0;
        while (digits < trimmed.Length && (char.IsDigit(trimmed[digits]) || trimmed[digits] == '.'))
        {
            digits++;
        }

        long unit = trimmed.Substring(digits).Trim() switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (unit == 0 || !decimal.TryParse(trimmed.Substring(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count))
        {
            return -1;
        }

        return count <= long.MaxValue / unit ? (long)(count * unit) : -1;
    }
}
