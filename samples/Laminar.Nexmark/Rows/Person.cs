namespace Laminar.Nexmark;

/// <summary>Somebody who sells or bids. Ids count from 1,000.</summary>
[StreamSource("person", Watermark = "date_time - INTERVAL '4' SECOND")]
public readonly partial record struct Person(
    long Id, string Name, string EmailAddress, string CreditCard, string City, string State, DateTime DateTime, string Extra);
