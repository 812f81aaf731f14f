using System.Buffers;
using System.Text;
using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>Checks the names of databases and collections that clients send.</summary>
internal static class NamespaceName
{
    private const int MaxBytes = 255;
    private const int MaxDatabaseLength = 63;

    private static readonly SearchValues<char> ForbiddenInDatabase = SearchValues.Create("/\\. \"$\0");

    /// <summary>Makes a namespace out of names from outside.</summary>
    /// <param name="database">The database.</param>
    /// <param name="collection">The collection.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="CommandException">A name is not possible.</exception>
    public static Namespace Create(string database, string collection)
    {
        if (database.Length is 0 or > MaxDatabaseLength || database.AsSpan().ContainsAny(ForbiddenInDatabase))
        {
            throw new CommandException(ErrorCode.InvalidNamespace, $"Invalid database name: '{database}'");
        }

        var isPossible = collection.Length > 0
            && collection[0] != '.'
            && collection[^1] != '.'
            && !collection.AsSpan().ContainsAny('\0', '$')
            && Encoding.UTF8.GetByteCount(collection) + database.Length < MaxBytes;
        return isPossible
            ? new Namespace(database, collection)
            : throw new CommandException(ErrorCode.InvalidNamespace, $"Invalid namespace specified '{database}.{collection}'");
    }
}
