namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>A command of the server. One object serves all connections and keeps nothing between calls.</summary>
internal abstract class Command
{
    /// <summary>The command's name.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that clients use for it.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The fields that have an effect, beside the name itself and those that every command has.</summary>
    public virtual IReadOnlyList<string> Fields => [];

    /// <summary>The fields that are accepted without effect, because they cannot change a result on one node.</summary>
    public virtual IReadOnlyList<string> IgnoredFields => [];

    /// <summary>Whether a client may send it before it has authenticated.</summary>
    public virtual bool IsOpen => false;

    /// <summary>Whether fields that the command does not know are let through; drivers add to the handshake freely.</summary>
    public virtual bool AcceptsUnknownFields => false;

    /// <summary>Carries the command out.</summary>
    /// <param name="context">The command's document and what belongs to it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="CommandException">The command fails as a whole.</exception>
    public abstract ValueTask<CommandReply> ExecuteAsync(CommandContext context);
}
