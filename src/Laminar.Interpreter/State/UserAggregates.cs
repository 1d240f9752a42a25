using System.Reflection;
using Laminar.Execution;
using Laminar.Functions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.State;

/// <summary>Aggregates in C# by definition: a fresh struct gets the rows one after the other, and is asked for its result. Nothing is ever merged.</summary>
internal static class UserAggregates
{
    /// <exception cref="LaminarException">The plan was made without loading the struct.</exception>
    public static object? Result(ClrAggregate aggregate, IReadOnlyList<GroupRow> rows)
    {
        Type type = aggregate.Target
            ?? throw new LaminarException($"The aggregate {aggregate.Type} isn't loaded: compile the query with a catalog whose functions are of FunctionLibrary.");
        object state = Activator.CreateInstance(type)!;
        MethodInfo add = Method(type, "Add");
        foreach (GroupRow row in rows)
        {
            object?[] values = [.. aggregate.Parameters.Select((p, i) => Member(row.Values[i], p.Type))];
            try
            {
                add.Invoke(state, BindingFlags.DoNotWrapExceptions, null, values, null);
            }
            catch (Exception error) when (UserCall.IsRowError(error))
            {
                throw UserCall.HalfChanged(aggregate.Name, error.Message);
            }
        }

        object? result = Method(type, "Result").Invoke(state, BindingFlags.DoNotWrapExceptions, null, null, null);
        return result is null && !aggregate.ResultNullable ? UserCall.NotNull<object>(null) : Value(result);
    }

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static object? Member(object? value, SqlType type) => (value, type.Kind) switch
    {
        (int day, SqlTypeKind.Date) => DateOnly.FromDayNumber(day),
        (long ticks, SqlTypeKind.Time) => new TimeOnly(ticks),
        (long ticks, SqlTypeKind.IntervalDayTime) => new TimeSpan(ticks),
        (long ticks, SqlTypeKind.Timestamp) => RowTime.FromTicks(ticks),
        (long ticks, SqlTypeKind.TimestampTz) => new DateTimeOffset(RowTime.FromTicks(ticks)),
        _ => value,
    };

    private static object? Value(object? member) => member switch
    {
        DateOnly date => date.DayNumber,
        TimeOnly time => time.Ticks,
        TimeSpan span => span.Ticks,
        DateTime time => RowTime.ToTicks(time),
        DateTimeOffset time => time.UtcTicks,
        _ => member,
    };
}
