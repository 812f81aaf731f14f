using Lmtp.Admin.Components.Parts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class AddressedSearchTests
{
    private readonly List<int> _written = [];

    [Fact]
    public void First_address_is_searched_for_even_when_it_is_empty()
    {
        Assert.True(NewSearch().Read(0));
    }

    [Fact]
    public void Address_that_says_the_same_again_is_not_searched_for_again()
    {
        var search = NewSearch();
        search.Read(7);

        Assert.False(search.Read(7));
    }

    [Fact]
    public void Own_search_is_shown_in_the_address_and_not_taken_from_there()
    {
        var search = NewSearch();
        search.Read(0);
        search.WriteAsync(1);

        Assert.False(search.Read(1));
        Assert.Equal([1], _written);
    }

    [Fact]
    public void Late_confirmation_of_an_older_search_does_not_take_a_newer_one_back()
    {
        var search = NewSearch();
        search.Read(0);
        search.WriteAsync(1);
        search.WriteAsync(2);

        Assert.False(search.Read(1));
        Assert.False(search.Read(2));
    }

    [Fact]
    public void Same_search_again_is_not_written_again()
    {
        var search = NewSearch();
        search.Read(0);
        search.WriteAsync(1);
        search.WriteAsync(1);
        search.Read(1);
        search.WriteAsync(1);

        Assert.Equal([1], _written);
    }

    [Fact]
    public void Link_to_the_same_page_replaces_the_search()
    {
        var search = NewSearch();
        search.Read(0);
        search.WriteAsync(1);
        search.Read(1);

        Assert.True(search.Read(0));
    }

    [Fact]
    public void Search_back_to_the_first_one_is_written()
    {
        var search = NewSearch();
        search.Read(0);
        search.WriteAsync(1);
        search.WriteAsync(0);

        Assert.Equal([1, 0], _written);
    }

    private AddressedSearch<int> NewSearch() => new(search =>
    {
        _written.Add(search);
        return Task.CompletedTask;
    });
}
