using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Addresses;

/// <summary>
/// The steps of a look-up, those included that found nothing: the server names the one that found the address, and the
/// steps before it were tried in vain.
/// </summary>
internal static class ResolutionLadder
{
    private static readonly string[] Searches = ["exact", "domain_alias", "wildcard", "catch_all"];

    /// <summary>The steps in their order.</summary>
    public static IReadOnlyList<LadderStep> Of(AddressResolutionResponse resolution)
    {
        var steps = new List<LadderStep>();
        for (var i = 0; i < resolution.Steps.Count; i++)
        {
            var step = resolution.Steps[i];
            var isLast = i == resolution.Steps.Count - 1;
            var search = Array.IndexOf(Searches, step.Step);
            steps.AddRange(Missed(step.Step == "none" ? Searches.Length : search));
            steps.Add(ToStep(step, isLast && !resolution.Accepted, isSearch: search >= 0));
        }

        return steps;
    }

    private static IEnumerable<LadderStep> Missed(int count) =>
        Searches.Take(Math.Max(count, 0)).Select(search => new LadderStep(Name(search), Resources.Texts.StepFoundNothing, null, LadderState.Missed));

    private static LadderStep ToStep(ResolutionStepResponse step, bool isRefusal, bool isSearch)
    {
        var isRefused = isRefusal && !isSearch;
        return isRefused
            ? new LadderStep(Name(step.Step), step.Step == "user" ? Resources.Texts.StepUserRefused : step.Result, step.Step == "user" ? step.Result : null, LadderState.Refused)
            : new LadderStep(Name(step.Step), Explanation(step.Step), step.Result, isSearch ? LadderState.Found : LadderState.Done);
    }

    /// <summary>What a step is called.</summary>
    public static string Name(string step) => step switch
    {
        "normalise" => Resources.Texts.StepNormalise,
        "lookup" => Resources.Texts.StepLookup,
        "domain" => Resources.Texts.StepDomain,
        "exact" => Resources.Texts.StepExact,
        "domain_alias" => Resources.Texts.StepDomainAlias,
        "wildcard" => Resources.Texts.StepWildcard,
        "catch_all" => Resources.Texts.StepCatchAll,
        "user" => Resources.Texts.StepUser,
        "forward" => Resources.Texts.StepForwardAddress,
        "none" => Resources.Texts.StepNone,
        _ => step,
    };

    private static string Explanation(string step) => step switch
    {
        "normalise" => Resources.Texts.StepNormaliseHint,
        "lookup" => Resources.Texts.StepLookupHint,
        "exact" => Resources.Texts.StepExactHint,
        "domain_alias" => Resources.Texts.StepDomainAliasHint,
        "wildcard" => Resources.Texts.StepWildcardHint,
        "catch_all" => Resources.Texts.StepCatchAllHint,
        "user" => Resources.Texts.StepUserHint,
        _ => string.Empty,
    };
}
