using Lmtp.Contracts;

namespace Lmtp.Admin.Import;

/// <summary>A row of an import: the user that it asks for, and what became of it.</summary>
/// <param name="line">The line of the file, from 1.</param>
/// <param name="request">The user that is asked for.</param>
/// <param name="faults">What is wrong already.</param>
public sealed class ImportRow(int line, CreateUserRequest request, IReadOnlyList<string> faults)
{
    /// <summary>The line of the file, from 1.</summary>
    public int Line => line;

    /// <summary>The user that is asked for.</summary>
    public CreateUserRequest Request => request;

    /// <summary>Where the row stands.</summary>
    public ImportStatus Status { get; private set; } = faults.Count > 0 ? ImportStatus.Invalid : ImportStatus.Unchecked;

    /// <summary>What is wrong, in words for people; empty when nothing is.</summary>
    public string Problem { get; private set; } = string.Join(" ", faults);

    /// <summary>Whether the row is to be told in the report.</summary>
    public bool IsProblem => Status is ImportStatus.Invalid or ImportStatus.Failed;

    /// <summary>Notes where the row stands.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    internal void Set(ImportStatus status, string problem = "") => (Status, Problem) = (status, problem);
}
