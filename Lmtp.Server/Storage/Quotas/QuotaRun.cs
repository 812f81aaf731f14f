using MongoDB.Bson;

namespace Lmtp.Server.Storage.Quotas;

/// <summary>A recalculation of the used storage of many users.</summary>
internal sealed record QuotaRun
{
    /// <summary>The run's id.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The domain of the users' main addresses; null for all users.</summary>
    public string? Domain { get; init; }

    /// <summary>How far it is.</summary>
    public required QuotaRunState State { get; init; }

    /// <summary>How many users there were when it began; null before.</summary>
    public long? Total { get; init; }

    /// <summary>How many users were looked at.</summary>
    public long Done { get; init; }

    /// <summary>Of how many users the count was wrong.</summary>
    public long Corrected { get; init; }

    /// <summary>The bytes by which counts were changed, up or down, altogether.</summary>
    public long CorrectedBytes { get; init; }

    /// <summary>How many users were left as they are, because their mail did not come to rest.</summary>
    public long Skipped { get; init; }

    /// <summary>The last user that was looked at.</summary>
    public ObjectId After { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? Finished { get; init; }

    internal static QuotaRun From(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        Domain = document.StringOrNull("domain"),
        State = Enum.TryParse<QuotaRunState>(document.StringOrEmpty("state"), ignoreCase: true, out var state) ? state : QuotaRunState.Waiting,
        Total = document.NumberOrNull("total"),
        Done = document.Number("done"),
        Corrected = document.Number("corrected"),
        CorrectedBytes = document.Number("correctedBytes"),
        Skipped = document.Number("skipped"),
        After = document.IdOrNull("after") ?? ObjectId.Empty,
        Created = document.TimeOrDefault("created"),
        Finished = document.TimeOrNull("finished"),
    };
}
