using MongoDB.Bson;

namespace Lmtp.Server.Storage.Access;

/// <summary>An API key, without the key itself.</summary>
internal sealed record ApiKeyRecord
{
    public required ObjectId Id { get; init; }

    public required string Name { get; init; }

    public required string Scope { get; init; }

    /// <summary>SHA-256 of the secret part, which is 32 random bytes: nothing slower is needed.</summary>
    public required byte[] Digest { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? Revoked { get; init; }

    /// <summary>When the key was used last, exact to <see cref="ApiKeyStore.UseResolution"/>.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    public bool IsUsable(DateTimeOffset now) => Revoked is null && (Expires is null || Expires > now);
}
