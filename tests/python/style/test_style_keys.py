"""Every table has a test of its key."""

import json

KEY_TESTS = {"unique", "primary_key", "unique_combination"}
# Lists of what rows say, as often as they say it; the one model that reads each groups it.
REPEATING = {
    "int_account_mentions": "an account is mentioned by any number of rows at one instant",
    "int_personal_words_collected": "a name stands in any number of orders of an account",
}

# A mart passes the rows on, one for one, and tests their key.
PASSED_ON = {"int_clv_models_fitted": "clv_parameters"}
PASSED_ON |= {"int_rfm_clusters_fitted": "rfm_cluster_centroids"}


def test_every_table_has_a_test_of_its_key(run_tool, artifacts_dir):
    """Views are of tables that have one: the rows of a union differ by source."""
    finished = run_tool("dbt", "parse", "--quiet")
    assert finished.returncode == 0, finished.stdout
    nodes = json.loads((artifacts_dir / "target" / "manifest.json").read_text())["nodes"].values()
    tested = {
        node["attached_node"]
        for node in nodes
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in KEY_TESTS
    }
    tables = {
        node["name"]: node["unique_id"] in tested
        for node in nodes
        if node["resource_type"] == "model" and node["config"]["materialized"] != "view"
    }
    without = {name for name, has_key in tables.items() if not has_key}
    assert len(tables) > 100
    assert without == set(REPEATING) | set(PASSED_ON)
    assert all(tables[mart] for mart in PASSED_ON.values())
