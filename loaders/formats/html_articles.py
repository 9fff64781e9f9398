"""What content management systems of government sites call the element that holds an article."""

from __future__ import annotations

from typing import Final

ARTICLE: Final = (
    "#UCAP-CONTENT, ucapcontent, .pages_content",  # 中国政府网 and sites that take after it
    ".trs_editor_view, .TRS_UEDITOR, .TRS_Editor, .TRS_PreAppend, #ivs_content, .xxgk_content_nr",  # 拓尔思
    "#zoom, #Zoom, #zoomcon, .bt_content, .bt-content, #barrierfree_container",  # 大汉
    ".ucontent, #ucontent, .ucap-content, .zoom",  # 开普
    ".v_news_content, [id^=vsb_content], #vsb_newscontent",  # 博达
    ".wp_articlecontent, .Article_Content, .article_content",  # 苏迪
    ".article-content, .zw-content, .zoomcon, .xxgk-content",  # gkmlpt of 广东, 南威
    ".xxgk_content, .xxgkcontent, .xxgk_detail_content, .zfxxgk_zw_content, .gsj_htmlcon_bot, #info_content, .info_content",
    ".j-fontContent, .wzcon, .wzcontent, .con_font, #BodyLabel, #NewsContent, #news_content, .news_content, .newsContent",
    "#articleContent, .articleContent, .article_con, .article-con, .art_con, .art-con, .arc_cont, .artcontent, #artibody",
    "#fontzoom, .detail-content, .detail_content, .detailContent, #detail_content, .view-content, #print_content",
    ".trs_external, .Custom_UnionStyle, .editorContent-main, .moe-detail-box, .content_body_box, .detail-text-content",
    ".easysite-news-text, .ewb-article-content, .ls-article-info, .generalContent, .common-content, [id^=vbs_content]",
    ".xl_content, .xl-cont, .xl_cont, .xl-zw-con, .xlxlcont, .xl_text, #xlmain, .zwxl-article, .zcwjk-xlcon, .jgzn_content",
    ".show-content, .show-detail, .vF_detail_content, .detail-desc, .con-detail, .gk_zn_con, .file_detail, .storyContent",
    ".xxgkcont, .wzxqnr, .zwnr, .nrtxt, .wenZhang, #wenzhang-content, .zw_content, #div_zhengwen, #mainText, #contentText",
    ".articlecon, .article_i, .articleDetails, .article-body, .article-mail-txt, .art_cont, .conTxt, #con_con, #conN",
    ".news_content_text, .news_content_content, .newsconParse, .mycontont, .mailbox_content_wznrs, .warttext, .xiangqing",
    ".text-main, #wh_x_c, .nrcontent, .xl-xqnr, .wh_xl_m, .nr_P, .xxxq_text_cont, .contentTextBox, #details-content, .zoomTY",
    ".content-main, .article-content-box, #font_size, #font-para, .artCon, .center-info, #detailCont, #div_content, #J_content",
    ".jh_xl_m2, .main_content_p, .zfxxgk_content, .gknbxq_detail, .zzy_wz, .ue_table, .h_dl_c, .article_bg, .content01",
    ".my_doccontent, .content-body, .content-text, #ContentBody, #js_content, .rich_media_content",
)
"""As seen on public sites and in public readers of them (Kira-yoshikage-d/spider-gov names the elements of 107 hosts)."""

GENERIC: Final = (
    "article, main, .article, #article, .content, #content, .detail, .con, .text, .zw, .nr, .neirong, .main-content"
)
"""Names that may also stand for more than the article; asked only where none of ARTICLE is there."""
