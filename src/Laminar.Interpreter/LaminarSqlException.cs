namespace Laminar;

/// <summary>SQL that was given at run time is wrong. Nothing of the text has been done.</summary>
/// <param name="errors">At least one error; warnings may be among them.</param>
public sealed class LaminarSqlException(IReadOnlyList<SqlError> errors)
    : LaminarException(string.Join("\n", errors.Where(e => e.IsError).Select(e => e.ToString())) + Pages(errors))
{
    /// <summary>All that was found, in the order of their places.</summary>
    public IReadOnlyList<SqlError> Errors { get; } = errors;

    private static string Pages(IReadOnlyList<SqlError> errors) => $"\nSee {string.Join(", ", errors.Where(e => e.IsError).Select(e => e.Page).Distinct())}, or run: laminar rule {errors.First(e => e.IsError).Id}";
}
