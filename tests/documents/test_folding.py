from hypothesis import given
from hypothesis import strategies as st

from documents.folding import fold


def test_traditional_full_width_and_case_share_one_key():
    assert fold("超硬材料要培育成什麼級別的產業集群?") == "超硬材料要培育成什么级别的产业集群?"
    assert fold("技术合同２０２５年要做到多少亿？") == "技术合同2025年要做到多少亿?"
    assert fold("R&D Intensity") == "r&d intensity"
    assert fold("二○二五年") == fold("二〇二五年")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("產業ＡＢ２０○—。「İßΣ\u3000"))))
def test_folding_keeps_offsets_and_is_stable(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
