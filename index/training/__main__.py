"""`python -m index.training`: train a model by a named recipe, or evaluate one on all sets."""

from __future__ import annotations

import argparse
from pathlib import Path

from index.training.recipes import RECIPES


def main() -> None:
    """Parse the command line and run the command."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train by a recipe and write a sentence-transformers folder")
    train.add_argument("--recipe", choices=sorted(RECIPES), required=True)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--data", type=Path, required=True, help="folder of NAME.jsonl.zst")
    train.add_argument(
        "--eval", type=Path, help="evaluation sets to keep out (default: eval beside the data)"
    )
    train.add_argument("--work", type=Path, help="tokenizer, pairs and checkpoint (default: OUT.work)")
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--start", type=Path, help="model folder whose vectors are the first weights")
    train.add_argument(
        "--similar",
        type=Path,
        help="model folder, or `words`, that says which answers are alike: blocks are drawn of those",
    )
    train.add_argument("--lexicon", type=Path, help="folder of .tsv files: English, tab, Chinese")
    train.add_argument("--licence", choices=("all", "permissive"), default="all")
    evaluate = commands.add_parser("evaluate", help="measure a model on all sets and append to the table")
    evaluate.add_argument("model", help="a folder, or `builtin`")
    evaluate.add_argument("--sets", type=Path, required=True, help="folder of the evaluation sets")
    evaluate.add_argument("--data", type=Path, help="training text, for the two sets held out of it")
    evaluate.add_argument("--note", help="append a row to the table of results under this name")
    combined = commands.add_parser("combine", help="set models of one tokenizer side by side, in bytes")
    combined.add_argument("folders", type=Path, nargs="+")
    combined.add_argument("--out", type=Path, required=True)
    combined.add_argument("--chinese", type=Path, help="model for a last block, of Chinese and digits only")
    parts = commands.add_parser("split", help="take a combined model apart, to train its blocks further")
    parts.add_argument("folder", type=Path)
    parts.add_argument("--widths", type=int, nargs="+", required=True, help="dimensions of the blocks")
    parts.add_argument("--out", type=Path, required=True)
    ranked = commands.add_parser("rank", help="fit how much each arm of the search counts")
    ranked.add_argument(
        "model", type=Path, help="a model that was not trained on the questions: recipe `unseen`"
    )
    ranked.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.command == "train":
        _train(arguments)
    elif arguments.command == "combine":
        _combine(arguments)
    elif arguments.command == "split":
        _split(arguments)
    elif arguments.command == "rank":
        _rank(arguments)
    else:
        _evaluate(arguments)


def _train(arguments: argparse.Namespace) -> None:
    from index.training.train import Place, train

    work = arguments.work or arguments.out.with_name(arguments.out.name + ".work")
    evaluation = arguments.eval or arguments.data.parent / "eval"
    place = Place(arguments.data, evaluation, work, arguments.licence, arguments.lexicon)
    models = {"start": arguments.start, "similar": arguments.similar}
    train(RECIPES[arguments.recipe], arguments.seed, place, arguments.out, **models)


def _combine(arguments: argparse.Namespace) -> None:
    from index.training.combine import combine

    print(f"{combine(arguments.folders, arguments.out, arguments.chinese):,} bytes")


def _split(arguments: argparse.Namespace) -> None:
    from index.training.combine import split

    print(*split(arguments.folder, arguments.widths, arguments.out), sep="\n")


def _rank(arguments: argparse.Namespace) -> None:
    from index.training.rank import rank

    rank(arguments.model, arguments.data)


def _evaluate(arguments: argparse.Namespace) -> None:
    from index.training.measure import evaluate

    evaluate(
        arguments.model, arguments.sets, arguments.data or arguments.sets.parent / "data", arguments.note
    )


if __name__ == "__main__":
    main()
