namespace Laminar.Sql.Plan;

public enum EmitMode
{
    OnWindowClose,

    /// <summary>The exact changelog per input row, with row kinds.</summary>
    Changes,
}
