using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// Count, means, and sums of squares and products of differences from the means of pairs (y, x): what covariances and the regression of y on x are
/// made of. Added and merged as <see cref="Moments"/> are. Unmanaged.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PairMoments
{
    /// <summary>Pairs added.</summary>
    public long Count { get; private set; }

    /// <summary>REGR_AVGX.</summary>
    public double MeanX { get; private set; }

    /// <summary>REGR_AVGY.</summary>
    public double MeanY { get; private set; }

    /// <summary>REGR_SXX.</summary>
    public double SquaresX { get; private set; }

    /// <summary>REGR_SYY.</summary>
    public double SquaresY { get; private set; }

    /// <summary>REGR_SXY.</summary>
    public double Products { get; private set; }

    /// <summary>COVAR_POP.</summary>
    public readonly double CovariancePop => Products / Count;

    /// <summary>COVAR_SAMP, of at least two pairs.</summary>
    public readonly double CovarianceSample => Products / (Count - 1);

    /// <summary>CORR, between -1 and 1 also where the last digits aren't exact.</summary>
    public readonly double Correlation
    {
        get
        {
            double value = Products / (Math.Sqrt(SquaresX) * Math.Sqrt(SquaresY));
            return double.IsNaN(value) ? value : Math.Clamp(value, -1, 1);
        }
    }

    /// <summary>REGR_SLOPE.</summary>
    public readonly double Slope => Products / SquaresX;

    /// <summary>REGR_INTERCEPT.</summary>
    public readonly double Intercept => MeanY - (Slope * MeanX);

    /// <summary>REGR_R2: 1 where every y is the same.</summary>
    public readonly double Determination => SquaresY == 0 ? 1 : Products * Products / (SquaresX * SquaresY);

    /// <summary>Every x is the same: there is no line through the pairs.</summary>
    public readonly bool IsVertical => SquaresX == 0;

    /// <summary>Every x or every y is the same: nothing goes with anything.</summary>
    public readonly bool IsFlat => SquaresX == 0 || SquaresY == 0;

    /// <summary>Adds a pair.</summary>
    public void Add(double y, double x)
    {
        Count++;
        double differenceX = x - MeanX;
        double differenceY = y - MeanY;
        MeanX += differenceX / Count;
        MeanY += differenceY / Count;
        SquaresX += differenceX * (x - MeanX);
        SquaresY += differenceY * (y - MeanY);
        Products += differenceX * (y - MeanY);
    }

    /// <summary>Adds what another one has.</summary>
    public void Merge(in PairMoments other)
    {
        if (other.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            this = other;
            return;
        }

        double part = other.Count / (double)(Count + other.Count);
        double differenceX = other.MeanX - MeanX;
        double differenceY = other.MeanY - MeanY;
        SquaresX += other.SquaresX + (differenceX * differenceX * (Count * part));
        SquaresY += other.SquaresY + (differenceY * differenceY * (Count * part));
        Products += other.Products + (differenceX * differenceY * (Count * part));
        MeanX += differenceX * part;
        MeanY += differenceY * part;
        Count += other.Count;
    }
}
