using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>The streaming clauses: EMIT, ALLOW LATENESS, LATE DATA TO.</content>
internal sealed partial class Parser
{
    private static readonly string[] EmitWords = { "ON", "AFTER", "EVERY", "CHANGES", "FINAL" };

    private bool IsEmissionClause() => Current.Keyword is "EMIT" or "ALLOW" or "LATE" && AtContextualClause();

    private EmitClause Emit()
    {
        int start = Take().Span.Start;
        EmitKind kind = EmitKind.OnWindowClose;
        ExpressionSyntax? interval = null;
        bool processingTime = false;
        if (!(At("ON") || Mend(EmitWords)))
        {
            Unexpected("ON WINDOW CLOSE, AFTER WATERMARK, ON UPDATE, EVERY, CHANGES or FINAL");
            SkipToClause();
            return new EmitClause(kind, null, false, From(start));
        }

        switch (Take().Keyword)
        {
            case "ON":
                kind = EmitOn();
                break;
            case "AFTER":
                Expect("WATERMARK");
                break;
            case "EVERY":
                kind = EmitKind.Every;
                interval = Expression();
                processingTime = Accept("PROCESSING", "TIME");
                if (!processingTime)
                {
                    Accept("EVENT", "TIME");
                }

                break;
            case "CHANGES":
                kind = EmitKind.Changes;
                break;
            case "FINAL":
                kind = EmitKind.Final;
                break;
        }

        return new EmitClause(kind, interval, processingTime, From(start));
    }

    private EmitKind EmitOn()
    {
        if (Accept("UPDATE"))
        {
            return EmitKind.OnUpdate;
        }

        if (!Accept("WINDOW"))
        {
            if (!Mend("WINDOW", "UPDATE"))
            {
                Unexpected("WINDOW CLOSE or UPDATE");
                SkipToClause();
                return EmitKind.OnWindowClose;
            }

            if (Take().Is("UPDATE"))
            {
                return EmitKind.OnUpdate;
            }
        }

        Expect("CLOSE");
        return EmitKind.OnWindowClose;
    }

    private AllowLatenessClause AllowLateness()
    {
        int start = Take().Span.Start;
        Expect("LATENESS");
        ExpressionSyntax interval = Expression();
        return new AllowLatenessClause(interval, From(start));
    }

    private LateDataClause LateData()
    {
        int start = Take().Span.Start;
        Expect("DATA");
        Expect("TO");
        Identifier target = Name("the name of a stream for late rows");
        return new LateDataClause(target, From(start));
    }
}
