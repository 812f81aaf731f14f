namespace Lmtp.Contracts;

/// <summary>What kind of caller made a change. Callers of different kinds may bear the same name.</summary>
public enum ActorKind
{
    /// <summary>The key that configuration gives, or that the server made for itself.</summary>
    ConfiguredKey,

    /// <summary>A key that was made through the API.</summary>
    ApiKey,

    /// <summary>A person at the portal.</summary>
    Person,

    /// <summary>The portal itself, where nobody is signed in.</summary>
    Portal,
}
