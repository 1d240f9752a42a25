namespace Laminar.Runtime.Cores;

/// <summary>Something that parks when it has nothing to do.</summary>
internal interface IWakeable
{
    /// <summary>Makes it look for work. From any thread, after the work was made visible; cheap when it isn't parked.</summary>
    void Wake();
}
