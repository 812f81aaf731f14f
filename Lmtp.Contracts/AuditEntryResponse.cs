using System.Text.Json;

namespace Lmtp.Contracts;

/// <summary>A change that somebody made through the API.</summary>
public sealed record AuditEntryResponse
{
    /// <summary>The entry's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When the change was made.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Who made it: the name of the API key or of the person at the portal.</summary>
    public required string Actor { get; init; }

    /// <summary>Whether that is a key or a person; null in entries of older versions.</summary>
    public ActorKind? ActorKind { get; init; }

    /// <summary>The id of an API key that was made through the API, or null.</summary>
    public string? ActorId { get; init; }

    /// <summary>The address it came from, or null.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>What was done, as the OpenAPI document names the operation.</summary>
    public required string Operation { get; init; }

    /// <summary>The path of the request.</summary>
    public required string Path { get; init; }

    /// <summary>The ids of what was changed, from the path and of what was made.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>What was asked for, secrets masked; null when the request had no body, or states were not asked for.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>How it was before, secrets masked; null when there was nothing, or states were not asked for.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>How it is since, secrets masked; null when there is nothing any more, or states were not asked for.</summary>
    public JsonElement? After { get; init; }

    /// <summary>Joins the entry to the server's traces and logs.</summary>
    public string? TraceId { get; init; }
}
