using System.Net;
using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Admin.Components.Users;

/// <summary>A form that changes a user, and never what somebody else has changed since it was read.</summary>
public abstract class UserForm : ApiPage
{
    private UpdateUserRequest? _refused;

    /// <summary>The user as it was read, with the state it was in.</summary>
    [Parameter, EditorRequired]
    public Tagged<UserResponse> User { get; set; } = null!;

    /// <summary>Takes the user as it is stored now.</summary>
    [Parameter]
    public EventCallback<Tagged<UserResponse>> OnSaved { get; set; }

    /// <summary>What somebody else has made of the user meanwhile; null when nobody has.</summary>
    protected Tagged<UserResponse>? Theirs { get; private set; }

    /// <summary>Whether the last thing that happened was that a change was stored.</summary>
    protected bool IsSaved { get; private set; }

    /// <summary>Stores a change; true when it is stored.</summary>
    /// <param name="request">What to change.</param>
    protected Task<bool> SaveAsync(UpdateUserRequest request) => SaveAsync(request, User.Tag);

    /// <summary>Stores the change that was refused, over what somebody else has stored.</summary>
    protected Task OverwriteAsync() => SaveAsync(_refused!, Theirs!.Tag);

    /// <summary>Forgets the change that was refused.</summary>
    protected Task TakeTheirsAsync()
    {
        var theirs = Theirs!;
        Theirs = null;
        return OnSaved.InvokeAsync(theirs);
    }

    /// <summary>What is wrong with a field, an entry of it included.</summary>
    /// <param name="field">The name in the request.</param>
    protected IReadOnlyList<string> Errors(string field) =>
        [.. (Problem?.Problem?.Errors ?? new Dictionary<string, IReadOnlyList<string>>())
            .Where(error => error.Key == field || error.Key.StartsWith($"{field}[", StringComparison.Ordinal))
            .SelectMany(error => error.Value)];

    private async Task<bool> SaveAsync(UpdateUserRequest request, string? tag)
    {
        Theirs = null;
        IsSaved = false;
        Tagged<UserResponse>? changed = null;
        if (await TryAsync(async cancellationToken => changed = await Api.ChangeUserAsync(User.Value.Id, request, tag, cancellationToken)))
        {
            IsSaved = true;
            await OnSaved.InvokeAsync(changed);
            return true;
        }

        if (Problem?.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            _refused = request;
            await TryAsync(async cancellationToken => Theirs = await Api.GetTaggedUserAsync(User.Value.Id, cancellationToken));
        }

        return false;
    }
}
