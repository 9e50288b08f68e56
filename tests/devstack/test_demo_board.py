import json
import shlex

from kairo.devstack.demo_board import BOARD, curl_line


def test_the_curl_line_is_one_line_of_valid_shell_with_a_valid_body() -> None:
    line = curl_line(api_url="http://127.0.0.1:8000/graphql", token="tok_1", brand_id="b-1")
    assert "\n" not in line
    words = shlex.split(line)
    assert words[:3] == ["curl", "-s", "http://127.0.0.1:8000/graphql"]
    assert "Authorization: Bearer tok_1" in words
    assert json.loads(words[words.index("-d") + 1]) == {"query": BOARD, "variables": {"brand": "b-1"}}
