using Lmtp.Contracts;
using MongoDB.Bson;

namespace Lmtp.Server.Storage.Access;

/// <summary>A change that somebody made through the API. Texts of JSON have their secrets masked already.</summary>
internal sealed record AuditRecord
{
    public required ObjectId Id { get; init; }

    public required string Actor { get; init; }

    /// <summary>Null in entries that older versions wrote.</summary>
    public ActorKind? ActorKind { get; init; }

    public string? ActorId { get; init; }

    public string? RemoteAddress { get; init; }

    public required string Operation { get; init; }

    public required string Path { get; init; }

    public IReadOnlyList<string> Targets { get; init; } = [];

    public string? Request { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? TraceId { get; init; }

    public DateTimeOffset Time { get; init; }
}
