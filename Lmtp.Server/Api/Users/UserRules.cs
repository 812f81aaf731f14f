using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Users;

/// <summary>What a request about a user may hold.</summary>
internal static class UserRules
{
    private const int MaxNameLength = 256;
    private const int MaxUsernameLength = 128;
    private const int MaxAddressLength = 320;
    private const int MaxLanguageLength = 20;
    private const int MaxTags = 64;
    private const int MaxTargets = 64;
    private const int MaxTargetLength = 1024;
    private const int MaxSpamLevel = 100;

    public const string NoMainAddress = "This cannot be a main address: it needs a local part and a domain, no tag and no wildcard.";

    /// <summary>Numbers are kept as JavaScript keeps them, exact up to here.</summary>
    private const long MaxNumber = (1L << 53) - 1;

    public static FieldErrors Check(CreateUserRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("username", request.Username, MaxUsernameLength);
        if (!IsUsername(request.Username))
        {
            errors.Add("username", "Letters, digits, dots, hyphens and underscores, beginning with a letter or digit; or an e-mail address.");
        }

        errors.Text("password", request.Password, MaxNameLength);
        if (request is { HashedPassword: true, Password: null or "" })
        {
            errors.Add("password", "A hash is announced but none is given.");
        }

        errors.Text("name", request.Name, MaxNameLength);
        errors.Text("address", request.Address, MaxAddressLength);
        errors.Text("language", request.Language, MaxLanguageLength);
        CheckNumbers(errors, request.Quota, request.Retention, request.SpamLevel, request.ReceivedMax, request.Forwards);
        CheckTags(errors, request.Tags ?? []);
        return errors;
    }

    public static FieldErrors Check(UpdateUserRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxNameLength);
        errors.Text("password", request.Password, MaxNameLength);
        errors.Text("language", request.Language, MaxLanguageLength);
        CheckTags(errors, request.Tags ?? []);
        CheckTargets(errors, request.Targets ?? []);
        CheckNumbers(errors, request.Quota, request.Retention, request.SpamLevel, request.ReceivedMax, request.Forwards);
        return errors;
    }

    public static FieldErrors Check(SetQuotaRequest request)
    {
        var errors = new FieldErrors();
        errors.Range("quota", request.Quota, 0, MaxNumber);
        return errors;
    }

    public static FieldErrors Check(AddAddressRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("address", request.Address, MaxAddressLength);
        errors.Text("name", request.Name, MaxNameLength);
        return errors;
    }

    public static FieldErrors Check(UpdateAddressRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxNameLength);
        if (request.Main == false)
        {
            errors.Add("main", "Make another address the main one instead.");
        }

        return errors;
    }

    public static FieldErrors Check(CreateForwardedAddressRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("address", request.Address, MaxAddressLength);
        errors.Text("name", request.Name, MaxNameLength);
        errors.Range("forwards", request.Forwards, 0, int.MaxValue);
        CheckSomeTargets(errors, request.Targets);
        return errors;
    }

    public static FieldErrors Check(UpdateForwardedAddressRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxNameLength);
        errors.Range("forwards", request.Forwards, 0, int.MaxValue);
        if (request.Targets is { } targets)
        {
            CheckSomeTargets(errors, targets);
        }

        return errors;
    }

    private static void CheckSomeTargets(FieldErrors errors, IReadOnlyList<string> targets)
    {
        if (targets.Count == 0)
        {
            errors.Add("targets", "At least one target.");
        }

        CheckTargets(errors, targets);
    }

    private static void CheckNumbers(
        FieldErrors errors, long? quota, long? retention, long? spamLevel, long? receivedMax, long? forwards)
    {
        errors.Range("quota", quota, 0, MaxNumber);
        errors.Range("retention", retention, 0, MaxNumber);
        errors.Range("spamLevel", spamLevel, 0, MaxSpamLevel);
        errors.Range("receivedMax", receivedMax, 0, int.MaxValue);
        errors.Range("forwards", forwards, 0, int.MaxValue);
    }

    private static void CheckTags(FieldErrors errors, IReadOnlyList<string> tags)
    {
        if (tags.Count > MaxTags)
        {
            errors.Add("tags", $"At most {MaxTags} tags.");
        }

        foreach (var tag in tags.Take(MaxTags))
        {
            if (string.IsNullOrWhiteSpace(tag))
            {
                errors.Add("tags", "A tag may not be empty.");
            }

            errors.Text("tags", tag, MaxUsernameLength);
        }
    }

    private static void CheckTargets(FieldErrors errors, IReadOnlyList<string> targets)
    {
        if (targets.Count > MaxTargets)
        {
            errors.Add("targets", $"At most {MaxTargets} targets.");
        }

        foreach (var target in targets.Take(MaxTargets))
        {
            errors.Text("targets", target, MaxTargetLength);
            if (target is null || ForwardTargetDocument.Parse(target) is null)
            {
                errors.Add("targets", "Neither an address nor an smtp, smtps, http or https URL.");
            }
        }
    }

    private static bool IsUsername(string name)
    {
        var at = name.LastIndexOf('@');
        if (at >= 0)
        {
            return at > 0 && at < name.Length - 1 && !name.Any(char.IsWhiteSpace) && !name.AsSpan().ContainsAny('*', '+');
        }

        return name.Length > 0
            && char.IsLetterOrDigit(name[0])
            && name.All(static c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_');
    }
}
