using Lmtp.EmbeddedMongo.Commands;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>Finds operators that write the same place.</summary>
internal static class UpdateConflicts
{
    /// <summary>Rejects paths of which one is the other or leads to it.</summary>
    /// <param name="updates">The operators with their paths.</param>
    /// <exception cref="CommandException">Two paths conflict.</exception>
    public static void Reject(IReadOnlyList<PathUpdate> updates)
    {
        var root = new Node();
        foreach (var update in updates)
        {
            root.Add(update.Path);
            if (update.Operator is RenameOperator rename)
            {
                root.Add(rename.Target);
            }
        }
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _children = new(StringComparer.Ordinal);
        private bool _isWritten;

        public void Add(string[] path)
        {
            var node = this;
            for (var i = 0; i < path.Length; i++)
            {
                if (node._isWritten)
                {
                    throw Conflict(path, i);
                }

                if (!node._children.TryGetValue(path[i], out var child))
                {
                    child = new Node();
                    node._children.Add(path[i], child);
                }

                node = child;
            }

            if (node._isWritten || node._children.Count > 0)
            {
                throw Conflict(path, path.Length);
            }

            node._isWritten = true;
        }

        private static CommandException Conflict(string[] path, int length) => new(
            ErrorCode.ConflictingUpdateOperators,
            $"Updating the path '{string.Join('.', path)}' would create a conflict at '{string.Join('.', path, 0, length)}'");
    }
}
