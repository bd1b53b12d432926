//! `ach export --long`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

#[test]
fn a_long_table_has_a_row_for_each_cell() {
    assert_snapshot!(bench().run("export --long cells case.toml --format csv"), @"
    scenario,title,revision,revised,author,rater,evidence,hypothesis,state,rating,value,confidence,weight,contribution,item_status,counts,covered,searched,locator,rests_on,credibility,relevance,grade,kind,date,date_last,sources,tags,item_group,text,note,hypothesis_name,status,method,score,rank,leader
    case.toml,Who took the cake?,,,,,crumbs,dog,rated,CC,2,medium,1.4142135623730951,0.0,active,true,false,,,,high,medium,,fact,2025-03-08,2025-03-08,aunt;uncle,,,Crumbs lead from the table to the basket,,The dog,active,weighted,-2.8284271247461903,2,false
    case.toml,Who took the cake?,,,,,crumbs,children,rated,I,-1,medium,1.4142135623730951,-1.4142135623730951,active,true,false,,,,high,medium,,fact,2025-03-08,2025-03-08,aunt;uncle,,,Crumbs lead from the table to the basket,,The children,active,weighted,-1.4142135623730951,1,true
    case.toml,Who took the cake?,,,,,crumbs,burglar,rated,II,-2,medium,1.4142135623730951,-2.8284271247461903,active,true,false,,,,high,medium,,fact,2025-03-08,2025-03-08,aunt;uncle,,,Crumbs lead from the table to the basket,,A burglar,rejected,weighted,-3.8284271247461903,,false
    case.toml,Who took the cake?,,,,,plate,dog,rated,II,-2,medium,1.4142135623730951,-2.8284271247461903,active,true,false,,,,medium,high,,fact,2025-03,2025-03-31,,,,The plate stands washed in the rack,,The dog,active,weighted,-2.8284271247461903,2,false
    case.toml,Who took the cake?,,,,,plate,children,rated,C,1,medium,1.4142135623730951,0.0,active,true,false,,,,medium,high,,fact,2025-03,2025-03-31,,,,The plate stands washed in the rack,,The children,active,weighted,-1.4142135623730951,1,true
    case.toml,Who took the cake?,,,,,plate,burglar,blank,,,,1.4142135623730951,0.0,active,true,false,,,,medium,high,,fact,2025-03,2025-03-31,,,,The plate stands washed in the rack,,A burglar,rejected,weighted,-3.8284271247461903,,false
    case.toml,Who took the cake?,,,,,barking,dog,na,NA,,,1.0,0.0,active,true,false,,,,medium,medium,,absence,,,,,,The dog did not bark,,The dog,active,weighted,-2.8284271247461903,2,false
    case.toml,Who took the cake?,,,,,barking,children,rated,C,1,medium,1.0,0.0,active,true,false,,,,medium,medium,,absence,,,,,,The dog did not bark,,The children,active,weighted,-1.4142135623730951,1,true
    case.toml,Who took the cake?,,,,,barking,burglar,rated,I,-1,medium,1.0,-1.0,active,true,false,,,,medium,medium,,absence,,,,,,The dog did not bark,,A burglar,rejected,weighted,-3.8284271247461903,,false
    ");
    let lines = bench().result("export --long cells case.toml --format jsonl");
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 9);
    assert_eq!(rows[0]["sources"], serde_json::json!(["aunt", "uncle"]));
    // What counts and is not covered adds up to the score.
    for hypothesis in ["dog", "children"] {
        let own = rows.iter().filter(|row| row["hypothesis"] == hypothesis);
        let counts = own.clone().filter(|row| row["counts"] == true && row["covered"] == false);
        let sum: f64 = counts.map(|row| row["contribution"].as_f64().expect("a number")).sum();
        let score = own.clone().next().and_then(|row| row["score"].as_f64()).expect("a score");
        assert!((sum - score).abs() < 1e-12, "{hypothesis}: {sum} {score}");
    }
}

#[test]
fn a_long_table_has_a_row_for_each_hypothesis() {
    assert_snapshot!(bench().run("export --long hypotheses case.toml --format csv --method net"), @"
    scenario,title,revision,revised,author,rater,hypothesis,name,status,prior,method,as_of,inconsistency,inconsistency_rank,weighted,weighted_rank,net,net_rank,bayes,bayes_rank,rated,unrated,competes,family,residual,leader,margin,provisional,outcome,estimate_mean
    case.toml,Who took the cake?,,,,,dog,The dog,active,,net,2025-03-09,-2.0,2,-2.8284271247461903,2,0.0,2,0.2948629800642706,2,3,0,true,,false,false,1.0,false,,
    case.toml,Who took the cake?,,,,,children,The children,active,,net,2025-03-09,-1.0,1,-1.4142135623730951,1,1.0,1,0.7051370199357295,1,3,0,true,,false,true,1.0,false,,
    case.toml,Who took the cake?,,,,,burglar,A burglar,rejected,,net,2025-03-09,-3.0,,-3.8284271247461903,,-3.8284271247461903,,,,2,1,false,,false,false,1.0,false,,
    ");
    assert_snapshot!(bench().run("export --long hypotheses case.toml --format jsonl"), @r#"
    {"scenario":"case.toml","title":"Who took the cake?","revision":null,"revised":null,"author":null,"rater":null,"hypothesis":"dog","name":"The dog","status":"active","prior":null,"method":"weighted","as_of":"2025-03-09","inconsistency":-2.0,"inconsistency_rank":2,"weighted":-2.8284271247461903,"weighted_rank":2,"net":0.0,"net_rank":2,"bayes":0.2948629800642706,"bayes_rank":2,"rated":3,"unrated":0,"competes":true,"family":null,"residual":false,"leader":false,"margin":1.4142135623730951,"provisional":false,"outcome":null,"estimate_mean":null}
    {"scenario":"case.toml","title":"Who took the cake?","revision":null,"revised":null,"author":null,"rater":null,"hypothesis":"children","name":"The children","status":"active","prior":null,"method":"weighted","as_of":"2025-03-09","inconsistency":-1.0,"inconsistency_rank":1,"weighted":-1.4142135623730951,"weighted_rank":1,"net":1.0,"net_rank":1,"bayes":0.7051370199357295,"bayes_rank":1,"rated":3,"unrated":0,"competes":true,"family":null,"residual":false,"leader":true,"margin":1.4142135623730951,"provisional":false,"outcome":null,"estimate_mean":null}
    {"scenario":"case.toml","title":"Who took the cake?","revision":null,"revised":null,"author":null,"rater":null,"hypothesis":"burglar","name":"A burglar","status":"rejected","prior":null,"method":"weighted","as_of":"2025-03-09","inconsistency":-3.0,"inconsistency_rank":null,"weighted":-3.8284271247461903,"weighted_rank":null,"net":-3.8284271247461903,"net_rank":null,"bayes":null,"bayes_rank":null,"rated":2,"unrated":1,"competes":false,"family":null,"residual":false,"leader":false,"margin":1.4142135623730951,"provisional":false,"outcome":null,"estimate_mean":null}
    "#);
}

#[test]
fn hypotheses_tell_what_turned_out_and_what_people_think() {
    let thought =
        "[[estimate]]\nid = \"ann\"\nby = \"Ann\"\n[estimate.probabilities]\ndog = 0.6\nchildren = 0.8\n";
    let columns = |outcome: &str| {
        let bench = Bench::new().file("case.toml", format!("{CASE}\n[outcome]\n{outcome}\n\n{thought}"));
        let lines = bench.result("export --long hypotheses case.toml --format jsonl");
        let rows = lines.lines().map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            format!("{} {} {}", row["hypothesis"], row["outcome"], row["estimate_mean"])
        });
        rows.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(columns("hypothesis = \"dog\""), @r#"
    "dog" true 0.4
    "children" false 0.6000000000000001
    "burglar" false null
    "#);
    assert_snapshot!(columns("hypothesis = [\"dog\", \"burglar\"]"), @r#"
    "dog" true 0.4
    "children" false 0.6000000000000001
    "burglar" true null
    "#);
    assert_snapshot!(columns("hypothesis = []"), @r#"
    "dog" false 0.4
    "children" false 0.6000000000000001
    "burglar" false null
    "#);
    assert_snapshot!(columns("annulled = true"), @r#"
    "dog" null 0.4
    "children" null 0.6000000000000001
    "burglar" null null
    "#);
}

#[test]
fn a_folder_stands_for_its_scenarios_and_a_word_before_a_path_is_the_rater() {
    let bench = Bench::new()
        .file("cases/b.toml", CASE)
        .file("cases/a/a.toml", CASE)
        .file("cases/other.toml", "x = 1\n")
        .file("cases/broken.toml", "ach = 1\ntitle = 3\n")
        .file("list", "ann:cases/b.toml\ncases/b.toml\n");
    assert_snapshot!(bench.run("export --long hypotheses cases -o out.csv"), @r#"
    --- stderr
    error[wrong-type]: `title` cannot be an integer
     --> cases/broken.toml:2:9
      |
    2 | title = 3
      |         ^ expected a text in quotes
      |
      = help: write it in quotes: title = "3"

    --- exit 2
    "#);
    let of = |text: String, column: usize| {
        let cells =
            text.lines().skip(1).map(|line| line.split(',').nth(column).unwrap_or_default().to_owned());
        let mut cells: Vec<String> = cells.collect();
        cells.dedup();
        cells
    };
    assert_eq!(of(bench.read("out.csv"), 0), ["cases/a/a.toml", "cases/b.toml"]);
    let listed = bench.result("export --long hypotheses --files-from list --format csv");
    assert_eq!(of(listed.clone(), 0), ["cases/b.toml"]);
    assert_eq!(of(listed, 5), ["ann", ""]);
    assert_snapshot!(bench.run("export --long cells nowhere.toml --format csv"), @"
    scenario,title,revision,revised,author,rater,evidence,hypothesis,state,rating,value,confidence,weight,contribution,item_status,counts,covered,searched,locator,rests_on,credibility,relevance,grade,kind,date,date_last,sources,tags,item_group,text,note,hypothesis_name,status,method,score,rank,leader
    --- stderr
    error: cannot read nowhere.toml: there is no such file
    --- exit 2
    ");
    assert_snapshot!(bench.run("export cases/b.toml list -o out.csv"), @"
    --- stderr
    error: name one FILE, or write one table of all with --long cells

    Usage: ach export [OPTIONS] [FILE]...

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench.run("export cases/b.toml --long cells -o out.xlsx"), @"
    --- stderr
    error: a long table is csv or jsonl: name an output file so, or a --format

    Usage: ach export [OPTIONS] [FILE]...

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn the_history_is_written_oldest_first() {
    let bench = bench().git("init --quiet").commit("first");
    let bench = bench.file("case.toml", CASE.replace("dog = \"NA\"", "dog = \"II\"")).commit("second");
    let bench = bench.file("case.toml", "ach = 1\n").commit("broken");
    let table = bench.run("export --long hypotheses case.toml --history --format jsonl");
    let rows: Vec<serde_json::Value> = table
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), 6);
    assert!(table.ends_with(":case.toml: line 1: this scenario has no `title`\n--- exit 2\n"), "{table}");
    assert!(rows[0]["revised"].as_str().expect("a time").ends_with('Z'));
    assert!(rows[0]["weighted"].as_f64() > rows[3]["weighted"].as_f64());
    assert_ne!(rows[0]["revision"], rows[3]["revision"]);
}
